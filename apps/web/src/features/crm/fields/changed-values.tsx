import { CustomChanges, type CustomValue, type Field, type TimelineEntry } from '@ai-crm/contracts'
import { useQuery } from '@tanstack/react-query'
import { ArrowRight } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { fieldsQuery } from '../../../lib/session/fields-query.ts'
import { ValueText } from './value-text.tsx'

const WithChanges = z.object({ changes: z.object({ custom: CustomChanges }) })

/** What an event changed in the organisation's own fields: name, old and new value; of fields that are in sight. */
export function ChangedValues({ entry }: { entry: TimelineEntry }) {
  const parsed = WithChanges.safeParse(entry.data)
  const changes = parsed.success ? parsed.data.changes.custom : {}
  const hasChanges = Object.keys(changes).length > 0
  const { data } = useQuery({ ...fieldsQuery, enabled: hasChanges })
  const shown = (data?.items ?? []).flatMap((field) => {
    const change = changes[field.id]
    return change ? [{ field, change }] : []
  })
  if (shown.length === 0) return null
  return (
    <ul className="flex flex-col gap-0.5 text-xs text-muted">
      {shown.map(({ field, change }) => (
        <li key={field.id} className="flex flex-wrap items-baseline gap-x-1.5">
          <span className="text-faint">{field.label}</span>
          <Value field={field} value={change.from} />
          <ArrowRight aria-hidden className="size-3 self-center text-faint" />
          <Value field={field} value={change.to} />
        </li>
      ))}
    </ul>
  )
}

function Value({ field, value }: { field: Field; value: CustomValue | null }) {
  const { t } = useTranslation()
  return <span className="min-w-0 break-words">{value === null ? t('fields.was') : <ValueText field={field} value={value} />}</span>
}
