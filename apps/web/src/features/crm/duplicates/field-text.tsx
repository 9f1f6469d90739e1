import { CustomValue } from '@ai-crm/contracts'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { TagChip } from '../tags/tag-chip.tsx'
import { useTagsOf } from '../tags/queries.ts'
import { ValueText } from '../fields/value-text.tsx'
import { namedQuery } from '../fields/queries.ts'
import { optionLabel } from '../lists/offered-fields.ts'
import type { ComparedField } from './compared-fields.ts'

interface FieldTextProps {
  field: ComparedField
  value: unknown
  nameOf: (userId: string) => string | null
}

const PERSONAL: ReadonlySet<string> = new Set(['preferredChannel', 'timeZone', 'language', 'consent'])
const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))
const texts = (value: unknown): string[] => (Array.isArray(value) ? value.map(textOf) : [])

/** A value of the comparison as it is read. */
export function FieldText({ field, value, nameOf }: FieldTextProps) {
  const { t } = useTranslation()
  if (value === null || value === undefined) return <span className="text-faint">{t('duplicates.nothing')}</span>
  if (field.key === 'tagIds') return <Tags tagIds={texts(value)} />
  if (field.key === 'ownerId') return nameOf(textOf(value)) ?? t('records.ownerUnknown')
  if (field.key === 'parentId') return <CompanyName companyId={textOf(value)} />
  if (PERSONAL.has(field.key)) return optionLabel(t, { key: field.key, kind: 'select' }, textOf(value))
  if (field.custom) {
    const { data } = CustomValue.safeParse(value)
    return data === undefined ? textOf(value) : <ValueText field={field.custom} value={data} />
  }
  if (Array.isArray(value))
    return (
      <ul>
        {texts(value).map((item) => (
          <li key={item}>{item}</li>
        ))}
      </ul>
    )
  return textOf(value)
}

function Tags({ tagIds }: { tagIds: readonly string[] }) {
  const tags = useTagsOf(tagIds)
  return (
    <span className="flex flex-wrap gap-1">
      {tags.map(({ id, name, color }) => (
        <TagChip key={id} name={name} color={color} />
      ))}
    </span>
  )
}

function CompanyName({ companyId }: { companyId: string }) {
  const { t } = useTranslation()
  const { data, error } = useQuery(namedQuery('company', companyId))
  return data?.label ?? (error ? t('fields.unseen') : '…')
}
