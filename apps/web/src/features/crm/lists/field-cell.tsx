import { CustomValues, TagIds, type Field } from '@ai-crm/contracts'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { Time } from '../../../ui/time.tsx'
import { useAmount } from '../deals/amount.tsx'
import { CalendarDay } from '../../../ui/calendar-day.tsx'
import { StageBadge } from '../deals/stage-badge.tsx'
import { OptionChips } from '../fields/option-chips.tsx'
import { ValueText } from '../fields/value-text.tsx'
import { TagChips } from '../tags/tag-chips.tsx'
import { NAME_BESIDE, valueIn } from './field-value.ts'
import { optionLabel, type ShownField } from './offered-fields.ts'

interface FieldCellProps {
  field: ShownField
  row: object
  nameOf: (userId: string) => string | null
}

const Money = z.object({ amountMinor: z.number(), currency: z.string() })

/** The first phone as the world dials it. */
const Phones = z.object({ phones: z.array(z.object({ international: z.string().nullable() })) })

/** The value of a field, as its kind is shown in a table. */
export function FieldCell({ field, row, nameOf }: FieldCellProps) {
  const { t } = useTranslation()
  const amount = useAmount()
  if (field.custom) return <CustomCell custom={field.custom} row={row} />
  const value = valueIn(row, field.key)
  if (value === null) return null
  if (field.key === 'tagIds') return <TagChips tagIds={TagIds.safeParse(value).data} />
  if (field.kind === 'money') {
    const money = Money.safeParse(row)
    return money.success ? <span className="tabular-nums">{amount(money.data)}</span> : null
  }
  if (field.key === 'phone')
    return <span className="tabular-nums">{Phones.safeParse(row).data?.phones[0]?.international ?? (typeof value === 'string' && value)}</span>
  if (Array.isArray(value)) return <>{value.join(', ')}</>
  if (typeof value !== 'string') return <>{JSON.stringify(value)}</>
  if (field.kind === 'person') return <>{nameOf(value)}</>
  if (field.kind === 'relation') return <>{(NAME_BESIDE[field.key] ?? []).map((key) => valueIn(row, key)).find((name) => typeof name === 'string')}</>
  if (field.kind === 'date') return <CalendarDay day={value} className="text-xs text-faint tabular-nums" />
  if (field.kind === 'instant') return <Time at={value} className="text-xs text-faint tabular-nums" />
  if (field.key === 'stage') return <StageBadge stage={value} />
  if (field.kind === 'select') return <>{optionLabel(t, field, value)}</>
  return <>{value}</>
}

function CustomCell({ custom, row }: { custom: Field; row: object }) {
  const value = CustomValues.safeParse(valueIn(row, 'custom')).data?.[custom.id]
  if (value === undefined) return null
  return custom.kind === 'multiSelect' ? (
    <OptionChips options={custom.options.filter(({ id }) => Array.isArray(value) && value.includes(id))} />
  ) : (
    <ValueText field={custom} value={value} />
  )
}
