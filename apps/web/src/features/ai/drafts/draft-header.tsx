import type { Draft } from '@ai-crm/contracts'
import { ChevronUp, Cpu, Sparkles } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Badge } from '../../../ui/badge.tsx'
import { Time } from '../../../ui/time.tsx'

interface DraftHeaderProps {
  draft: Draft
  kind: 'writing' | 'waiting' | 'stale' | 'failed'
  isFolded: boolean
  onUnfold: () => void
}

/** Whose words these are, once there are some: a model's by name, or honestly the local drafter's. */
export function DraftHeader({ draft, kind, isFolded, onUnfold }: DraftHeaderProps) {
  const { t } = useTranslation()
  const provider = draft.provider === 'local' ? t('draft.local') : t('draft.model', { model: draft.model })
  return (
    <header className="flex flex-wrap items-center gap-x-2 gap-y-1 px-3.5">
      <Sparkles aria-hidden className="size-4 text-ai" />
      <h2 className="font-semibold">{t('draft.title')}</h2>
      {(kind === 'waiting' || kind === 'stale') && (
        <Badge tone={draft.provider === 'local' ? 'neutral' : 'ai'} icon={<Cpu />}>
          {provider}
        </Badge>
      )}
      {kind === 'writing' ? (
        <span className="text-xs text-muted">{t('draft.writing')}</span>
      ) : (
        <Time at={draft.createdAt} form="relative" className="text-xs text-muted" />
      )}
      {isFolded && (
        <button
          type="button"
          aria-expanded={false}
          onClick={onUnfold}
          className="ml-auto flex items-center gap-1 rounded-md px-2 py-0.5 text-xs font-medium text-ai hover:bg-hover"
        >
          <ChevronUp aria-hidden className="size-3.5" />
          {t('draft.show')}
        </button>
      )}
    </header>
  )
}
