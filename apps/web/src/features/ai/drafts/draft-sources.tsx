import type { Draft } from '@ai-crm/contracts'
import { FileText } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Tooltip } from '../../../ui/tooltip.tsx'

/** The notes behind a draft; the words that it took show on hover and focus. */
export function DraftSources({ sources }: { sources: Draft['sources'] }) {
  const { t } = useTranslation()
  if (sources.length === 0) return <p className="text-xs text-faint">{t('draft.noSources')}</p>
  return (
    <div className="flex flex-wrap items-center gap-1.5">
      <span className="text-xs text-faint">{t('draft.sources')}</span>
      {sources.map(({ noteId, title, excerpt }) => (
        <Tooltip key={noteId} text={excerpt}>
          <span tabIndex={0} className="inline-flex h-6 max-w-56 items-center gap-1.5 rounded-full border border-ai-line bg-surface px-2.5 text-xs">
            <FileText aria-hidden className="size-3 shrink-0 text-ai" />
            <span className="truncate">{title}</span>
            <span className="sr-only">{excerpt}</span>
          </span>
        </Tooltip>
      ))}
    </div>
  )
}
