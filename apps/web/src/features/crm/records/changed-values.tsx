import { ListRecord, type TimelineEntry } from '@ai-crm/contracts'
import { useQuery } from '@tanstack/react-query'
import { ArrowRight } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { dealQuery } from '../deals/queries.ts'
import { valueIn } from '../lists/field-value.ts'
import { fieldLabel, type ShownField } from '../lists/offered-fields.ts'
import { ToldValue } from '../lists/told-value.tsx'
import { useToldFields } from '../lists/use-told-fields.ts'
import { changedRows, type ChangedRows } from './changed-rows.ts'

export interface ChangedValuesProps {
  entry: TimelineEntry
  /** Of a deal after this change; undefined: what it has now. */
  currency: string | null | undefined
  nameOf: (userId: string) => string | null
  /** From what it became to what it was: what undoing does. */
  isBack?: boolean
}

/** What an event changed: name, old and new value, of fields that are in sight. */
export function ChangedValues(props: ChangedValuesProps) {
  const record = ListRecord.safeParse(props.entry.type.split('.')[0]).data
  const rows = changedRows(props.entry.data)
  return record && rows ? <Changes {...props} record={record} rows={rows} /> : null
}

function Changes({ entry, currency, nameOf, isBack = false, record, rows }: ChangedValuesProps & { record: ListRecord; rows: ChangedRows }) {
  const { t } = useTranslation()
  const { before, after } = useWithCurrency(entry, rows, currency)
  const fields = [...useToldFields(record), ...BESIDE[record]].filter((field) => isIn(field, before))
  const [left, right] = isBack ? [after, before] : [before, after]
  if (fields.length === 0) return null
  return (
    <ul className="flex flex-col gap-0.5 text-xs text-muted">
      {fields.map((field) => (
        <li key={field.key} className="flex flex-wrap items-baseline gap-x-1.5">
          <span className="text-faint">{fieldLabel(t, record, field)}</span>
          <Side field={field} row={left} nameOf={nameOf} />
          <ArrowRight aria-hidden className="size-3 self-center text-faint" />
          <Side field={field} row={right} nameOf={nameOf} />
        </li>
      ))}
    </ul>
  )
}

/** What events tell and lists do not ask for. */
const BESIDE: Readonly<Record<ListRecord, readonly ShownField[]>> = {
  contact: [{ key: 'telegrams', kind: 'text' }],
  company: [],
  deal: [
    { key: 'currency', kind: 'text' },
    { key: 'contacts', kind: 'relation', to: 'contact' },
  ],
}

const isIn = ({ key, custom }: ShownField, row: object): boolean => {
  // An amount tells its currency.
  if (key === 'currency' && 'amountMinor' in row) return false
  if (!custom) return Object.hasOwn(row, key)
  const changed = valueIn(row, 'changedCustom')
  return Array.isArray(changed) && changed.includes(custom.id)
}

/** Amounts are nothing without their currency, which an event tells only where it changed. */
function useWithCurrency({ data }: TimelineEntry, { before, after }: ChangedRows, currency: string | null | undefined): ChangedRows {
  const isMissing = 'amountMinor' in before && !('currency' in before)
  const dealId = typeof data['dealId'] === 'string' ? data['dealId'] : ''
  const { data: deal } = useQuery({ ...dealQuery(dealId), enabled: isMissing && currency === undefined && dealId !== '' })
  if (!isMissing) return { before, after }
  const known = { currency: currency === undefined ? deal?.currency : currency }
  return { before: { ...before, ...known }, after: { ...after, ...known } }
}

function Side({ field, row, nameOf }: { field: ShownField; row: object } & Pick<ChangedValuesProps, 'nameOf'>) {
  const { t } = useTranslation()
  const value = field.custom ? Object(valueIn(row, 'custom'))[field.custom.id] : valueIn(row, field.key)
  const isEmpty = value === undefined || value === null || (Array.isArray(value) && value.length === 0)
  return <span className="line-clamp-3 min-w-0 break-words">{isEmpty ? t('fields.was') : <ToldValue field={field} row={row} nameOf={nameOf} />}</span>
}
