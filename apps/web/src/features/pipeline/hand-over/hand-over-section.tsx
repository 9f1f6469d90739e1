import type { Deal, HandOver } from '@ai-crm/contracts'
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { RotateCcw } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../lib/api/api.ts'
import { explain, isStatus } from '../../../lib/api/explain.ts'
import { useCommand } from '../../../lib/api/use-command.ts'
import { useCan } from '../../../lib/session/session-store.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { Time } from '../../../ui/time.tsx'

const handOverQuery = (dealId: string) =>
  queryOptions({
    queryKey: ['pipeline', 'hand-over', dealId],
    queryFn: ({ signal }) => api.pipeline.getDealHandOver({ params: { dealId }, signal }),
  })

const TONES = { running: 'accent', undoing: 'warn', done: 'ok', undone: 'danger' } as const

interface HandOverSectionProps {
  deal: Deal
  nameOf: (userId: string) => string | null
}

/** How a won deal is, or was, handed over; where that failed, why, and once more. Nothing where there was nothing to do. */
export function HandOverSection({ deal, nameOf }: HandOverSectionProps) {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery({ ...handOverQuery(deal.id), enabled: deal.stageKind === 'won' })
  // 404: the news of the deal is on its way.
  if (error && !data && !isStatus(error, 404)) return <ProblemNote error={error} onRetry={() => void refetch()} />
  const handOver = data?.handOver
  if (deal.stageKind !== 'won' || !handOver) return null
  return (
    <section className="flex flex-col gap-2">
      <h2 className="text-xs font-medium text-faint">{t('handOver.section')}</h2>
      <div role="status" className="flex flex-col items-start gap-2 rounded-xl border border-line px-3.5 py-3 text-sm">
        <p className="flex w-full flex-wrap items-center gap-2">
          <Badge tone={TONES[handOver.state]}>{t(`handOver.states.${handOver.state}`)}</Badge>
          <span className="flex-1" />
          <Time at={handOver.endedAt ?? handOver.begunAt} className="text-xs text-faint" />
        </p>
        <p className="text-pretty">
          <Outcome handOver={handOver} nameOf={nameOf} />
        </p>
        {handOver.state === 'undone' && <Repeat deal={deal} />}
      </div>
    </section>
  )
}

function Outcome({ handOver, nameOf }: Pick<HandOverSectionProps, 'nameOf'> & { handOver: HandOver }) {
  const { t } = useTranslation()
  const { state, reason, ownerBeforeId, ownerId, taskCount } = handOver
  if (state === 'running' || state === 'undoing') return t(`handOver.${state}Text`)
  if (state === 'undone') return `${reason ? t(`handOver.reasons.${reason}`) : ''} ${t('handOver.undoneText')}`
  const called = (userId: string) => nameOf(userId) ?? t('records.ownerUnknown')
  const names = { name: ownerId && called(ownerId), before: ownerBeforeId && called(ownerBeforeId) }
  const owner = names.name && (names.before && ownerBeforeId !== ownerId ? t('handOver.fromTo', names) : t('handOver.toOwner', names))
  return [owner, taskCount > 0 && t('handOver.tasksMade', { count: taskCount })].filter(Boolean).join(' ')
}

/** For whoever may change the deal; the way to what the pipeline says is for whoever may change that. */
function Repeat({ deal }: { deal: Deal }) {
  const { t } = useTranslation()
  const cache = useQueryClient()
  const [mayUpdate, mayManage] = [useCan('crm.deal.update'), useCan('pipeline.pipeline.manage')]
  const repeat = useCommand({
    run: (_nothing: void, idempotencyKey) => api.pipeline.repeatDealHandOver({ params: { dealId: deal.id }, idempotencyKey }),
    onSuccess: (handOver) => cache.setQueryData(handOverQuery(deal.id).queryKey, { handOver }),
    onError: () => void cache.invalidateQueries({ queryKey: handOverQuery(deal.id).queryKey }),
  })
  return (
    <div className="flex flex-wrap items-center gap-3">
      {mayUpdate && (
        <Button icon={<RotateCcw />} isBusy={repeat.isPending} onClick={() => repeat.mutate()}>
          {t('handOver.again')}
        </Button>
      )}
      {mayManage && (
        <Link to="/settings/pipelines/$pipelineId" params={{ pipelineId: deal.pipelineId }} className="text-sm text-accent-text hover:underline">
          {t('handOver.change')}
        </Link>
      )}
      {repeat.error && <p className="text-xs text-danger">{explain(repeat.error, t)}</p>}
    </div>
  )
}
