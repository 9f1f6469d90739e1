import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Maximize2, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../../ui/button.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { SkeletonRows } from '../../../ui/states.tsx'
import type { Colleague } from '../records/owner-field.tsx'
import { FilesSection } from '../files/files-section.tsx'
import { NotesSection } from '../notes/notes-section.tsx'
import { Timeline } from '../records/timeline.tsx'
import { DealBody } from './deal-body.tsx'
import { dealQuery, dealTimelineQuery } from './queries.ts'
import { StageBadge } from './stage-badge.tsx'

interface DealPanelProps {
  dealId: string
  members: readonly Colleague[]
  nameOf: (userId: string) => string | null
  onClose: () => void
}

/** A deal beside the list: the whole of it, narrow. */
export function DealPanel({ dealId, members, nameOf, onClose }: DealPanelProps) {
  const { t } = useTranslation()
  const { data: deal, error, refetch } = useQuery(dealQuery(dealId))
  return (
    <aside aria-label={deal?.title ?? t('deals.one')} className="flex w-96 shrink-0 flex-col border-l border-line 2xl:w-[28rem]">
      <header className="flex h-11 shrink-0 items-center gap-2 border-b border-line pr-2 pl-4">
        <h2 className="min-w-0 flex-1 truncate font-semibold">{deal?.title}</h2>
        {deal && <StageBadge stage={deal.stage} kind={deal.stageKind} />}
        <Link
          to="/deals/$dealId"
          params={{ dealId }}
          aria-label={t('companies.openPage')}
          title={t('companies.openPage')}
          className="flex size-8 items-center justify-center rounded-lg text-muted hover:bg-hover hover:text-ink"
        >
          <Maximize2 aria-hidden className="size-4" />
        </Link>
        <IconButton label={t('common.close')} shortcut="escape" onClick={onClose}>
          <X />
        </IconButton>
      </header>
      <div className="flex min-h-0 flex-1 flex-col gap-6 overflow-y-auto p-4" tabIndex={-1}>
        {error && !deal && <ProblemNote error={error} onRetry={() => void refetch()} />}
        {!deal && !error && <SkeletonRows count={5} label={t('common.loading')} />}
        {deal && (
          <>
            <DealBody deal={deal} members={members} />
            <NotesSection about={{ dealId }} members={members} />
            <FilesSection about={{ dealId }} members={members} />
            <section className="flex flex-col gap-3">
              <h2 className="text-xs font-medium text-faint">{t('records.timeline')}</h2>
              <Timeline query={dealTimelineQuery(dealId)} nameOf={nameOf} />
            </section>
          </>
        )}
      </div>
    </aside>
  )
}
