import type { FieldRecord } from '@ai-crm/contracts'
import { useQuery } from '@tanstack/react-query'
import { RotateCcw } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui/button.tsx'
import { KindIcon } from './kind-icon.tsx'
import { deletedFieldsQuery } from './queries.ts'
import { useFieldCommands } from './use-field-commands.ts'

/** Fields that were deleted, whose values are still there. */
export function DeletedFields({ record }: { record: FieldRecord }) {
  const { t } = useTranslation()
  const { restore } = useFieldCommands(() => undefined)
  const fields = useQuery(deletedFieldsQuery).data?.items.filter((field) => field.record === record) ?? []
  if (fields.length === 0) return null
  return (
    <details className="rounded-xl border border-line">
      <summary className="cursor-default px-4 py-2.5 text-sm text-muted hover:text-ink">{t('fields.deletedOnes', { count: fields.length })}</summary>
      <ul aria-label={t('fields.deletedList')} className="flex flex-col divide-y divide-line border-t border-line">
        {fields.map((field) => (
          <li key={field.id} className="flex items-center gap-3 px-4 py-2">
            <span className="text-faint [&>svg]:size-4">
              <KindIcon kind={field.kind} />
            </span>
            <span className="min-w-0 flex-1 break-words text-muted">{field.label}</span>
            <Button
              icon={<RotateCcw />}
              isBusy={restore.isPending}
              aria-label={t('fields.restoreNamed', { label: field.label })}
              onClick={() => restore.mutate(field)}
            >
              {t('fields.restore')}
            </Button>
          </li>
        ))}
      </ul>
    </details>
  )
}
