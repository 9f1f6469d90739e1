import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { ArrowLeft, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { membersQuery, useMemberName } from '../../features/auth/members/queries.ts'
import { DealBody } from '../../features/crm/deals/deal-body.tsx'
import { FilesSection } from '../../features/crm/files/files-section.tsx'
import { NotesSection } from '../../features/crm/notes/notes-section.tsx'
import { dealQuery, dealTimelineQuery } from '../../features/crm/deals/queries.ts'
import { StageBadge } from '../../features/crm/deals/stage-badge.tsx'
import { useDeleteLater } from '../../features/crm/records/use-delete-later.ts'
import { Timeline } from '../../features/crm/records/timeline.tsx'
import { HandOverSection } from '../../features/pipeline/hand-over/hand-over-section.tsx'
import { StaysSection } from '../../features/pipeline/stays/stays-section.tsx'
import { api } from '../../lib/api/api.ts'
import { useCan } from '../../lib/session/session-store.ts'
import { IconButton } from '../../ui/button.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { ProblemPage } from '../../ui/problem.tsx'
import { PagePending } from '../page-states.tsx'

export function DealPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { dealId } = useParams({ from: '/app/deals/$dealId' })
  const { data: deal, error, refetch } = useQuery(dealQuery(dealId))
  const canDelete = useCan('crm.deal.delete')
  const deleteLater = useDeleteLater()
  const nameOf = useMemberName()
  const members = useQuery(membersQuery).data?.items ?? []
  const [isAsking, setIsAsking] = useState(false)
  if (error && !deal) return <ProblemPage error={error} onRetry={() => void refetch()} />
  if (!deal) return <PagePending />
  const { title } = deal
  return (
    <>
      <header className="flex h-13 shrink-0 items-center gap-2 border-b border-line px-2 md:px-3">
        <Link to="/deals" aria-label={t('common.back')} className="flex size-8 items-center justify-center rounded-lg text-muted hover:bg-hover hover:text-ink">
          <ArrowLeft className="size-4" />
        </Link>
        <h1 className="min-w-0 truncate text-base font-semibold">{title}</h1>
        <StageBadge stage={deal.stage} kind={deal.stageKind} />
        <span className="flex-1" />
        {canDelete && (
          <IconButton label={t('deals.delete')} onClick={() => setIsAsking(true)}>
            <Trash2 />
          </IconButton>
        )}
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto md:flex md:overflow-hidden" tabIndex={-1}>
        <div className="flex flex-col gap-6 border-line p-4 md:w-80 md:shrink-0 md:overflow-y-auto md:border-r md:p-5 xl:w-96">
          <DealBody deal={deal} members={members} />
        </div>
        <div className="min-w-0 flex-1 p-4 md:overflow-y-auto md:p-6">
          <div className="mx-auto flex max-w-3xl flex-col gap-6">
            <HandOverSection deal={deal} nameOf={nameOf} />
            <NotesSection about={{ dealId }} members={members} />
            <FilesSection about={{ dealId }} members={members} />
            <StaysSection dealId={dealId} nameOf={nameOf} />
            <section className="flex flex-col gap-3">
              <h2 className="text-xs font-medium text-faint">{t('records.timeline')}</h2>
              <Timeline query={dealTimelineQuery(dealId)} nameOf={nameOf} />
            </section>
          </div>
        </div>
      </div>
      <Confirm
        isOpen={isAsking}
        title={t('deals.deleteTitle', { name: title })}
        text={t('deals.deleteText')}
        action={t('deals.delete')}
        onClose={() => setIsAsking(false)}
        onConfirm={() => {
          deleteLater({
            run: () => api.crm.deleteDeal({ params: { dealId } }),
            list: ['crm', 'deals'],
            deleting: t('deals.deleting', { name: title }),
            kept: t('deals.kept'),
          })
          void navigate({ to: '/deals' })
        }}
      />
    </>
  )
}
