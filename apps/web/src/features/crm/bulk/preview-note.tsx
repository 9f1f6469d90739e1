import type { ListRecord, OperationPreview } from '@ai-crm/contracts'
import { useTranslation } from 'react-i18next'
import { ProblemNote } from '../../../ui/problem.tsx'
import { RecordLink } from './record-link.tsx'
import { reasonText } from './reason-text.ts'
import type { Preview } from './use-preview.ts'

interface PreviewNoteProps {
  record: ListRecord
  preview: Preview
  nameOf: (userId: string) => string | null
}

/** How many records it will be, how many not, and why: before anything happens. */
export function PreviewNote({ record, preview: { isAsked, data, error, refetch, isReady }, nameOf }: PreviewNoteProps) {
  const { t } = useTranslation()
  if (!isAsked) return null
  if (error) return <ProblemNote error={error} onRetry={() => void refetch()} />
  return (
    <div role="status" aria-busy={!isReady} className="rounded-lg border border-line bg-canvas px-3 py-2 text-sm">
      {data ? <Numbers record={record} preview={data} nameOf={nameOf} /> : <p className="text-muted">{t('bulk.counting')}</p>}
    </div>
  )
}

function Numbers({ record, preview, nameOf }: { record: ListRecord; preview: OperationPreview; nameOf: PreviewNoteProps['nameOf'] }) {
  const { t } = useTranslation()
  const { total, looked, changed, unchanged, skipped, reasons, conflicts } = preview
  return (
    <div className="flex flex-col gap-1.5">
      <p className="font-medium">{t('bulk.will', { count: changed })}</p>
      {total > looked && <p className="text-xs text-muted">{t('bulk.lookedAt', { looked, count: total })}</p>}
      {unchanged > 0 && <p className="text-xs text-muted">{t('bulk.already', { count: unchanged })}</p>}
      {skipped > 0 && <p className="text-xs text-muted">{t('bulk.wont', { count: skipped })}</p>}
      {reasons.map(({ code, count }) => (
        <p key={code} className="text-xs text-muted">
          {t('bulk.reason', { reason: reasonText(t, code), count })}
        </p>
      ))}
      {conflicts.length > 0 && (
        <ul aria-label={t('bulk.conflicts')} className="flex max-h-40 flex-col gap-1 overflow-y-auto border-t border-line pt-1.5 text-xs" tabIndex={0}>
          {conflicts.map(({ recordId, name, code, changedBy }, nth) => (
            <li key={recordId ?? nth} className="flex flex-wrap gap-x-2">
              {recordId && name ? <RecordLink record={record} id={recordId} name={name} /> : <span>{t('bulk.nameless')}</span>}
              <span className="text-muted">{reasonText(t, code)}</span>
              {changedBy?.id && nameOf(changedBy.id) && <span className="text-faint">{nameOf(changedBy.id)}</span>}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
