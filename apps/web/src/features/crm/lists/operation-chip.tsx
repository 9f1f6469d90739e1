import { useQuery } from '@tanstack/react-query'
import { X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { fullTime, regionalLocale } from '../../../lib/time/format.ts'
import { operationQuery } from '../bulk/queries.ts'

/** That a list shows what one operation made or changed; taken away as a filter is. */
export function OperationChip({ operationId, onRemove }: { operationId: string; onRemove: () => void }) {
  const { t, i18n } = useTranslation()
  const { data, isPending } = useQuery(operationQuery(operationId))
  if (isPending) return null
  const at = data && fullTime(data.createdAt, regionalLocale(i18n.language, navigator.languages))
  const text = data?.fileName ? t('lists.fromImport', { file: data.fileName }) : at ? t('lists.fromOperation', { at }) : t('lists.fromUnknown')
  return (
    <span title={at} className="inline-flex h-7 max-w-full items-center rounded-lg border border-line-strong bg-surface pl-2 text-xs">
      <span className="min-w-0 truncate pr-1">{text}</span>
      <button
        type="button"
        aria-label={t('lists.removeFilter', { filter: text })}
        onClick={onRemove}
        className="flex h-full w-6 shrink-0 items-center justify-center rounded-r-lg text-faint hover:bg-hover hover:text-ink"
      >
        <X aria-hidden className="size-3.5" />
      </button>
    </span>
  )
}
