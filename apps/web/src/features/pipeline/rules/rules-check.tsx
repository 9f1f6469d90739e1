import type { StageRules } from '@ai-crm/contracts'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { FlaskConical } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../lib/api/api.ts'
import { obstacleText } from '../../../lib/pipelines/obstacles.ts'
import { useCan } from '../../../lib/session/session-store.ts'
import { useSettled } from '../../../lib/use-settled.ts'
import { ProblemNote } from '../../../ui/problem.tsx'
import { Skeleton } from '../../../ui/states.tsx'

/** Which of today's deals the rules would stop, as they stand in the form. `rules`: the same object until they change. */
export function RulesCheck({ stageId, rules }: { stageId: string; rules: StageRules }) {
  const canAsk = useCan('pipeline.pipeline.manage')
  return canAsk ? <Check stageId={stageId} rules={rules} /> : null
}

function Check({ stageId, rules }: { stageId: string; rules: StageRules }) {
  const { t } = useTranslation()
  const asked = useSettled(rules, 350)
  const { data, error, isFetching, refetch } = useQuery({
    // Not among the deals: all of them are tried, which is too much to do again whenever one of them changes.
    queryKey: ['crm', 'rules-check', stageId, asked],
    queryFn: ({ signal }) => api.crm.simulateStageRules({ body: { stage: stageId, rules: asked }, signal }),
    placeholderData: keepPreviousData,
  })
  return (
    <section aria-label={t('pipelines.check')} aria-busy={isFetching} className="flex flex-col gap-2 rounded-xl border border-line bg-canvas p-3">
      <h3 className="flex items-center gap-2 text-xs font-medium text-muted">
        <FlaskConical aria-hidden className="size-4" />
        {t('pipelines.check')}
      </h3>
      {error && !data && <ProblemNote error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton className="h-5 w-2/3" />}
      {data && (
        <>
          <p role="status" className="text-sm">
            {data.checked === 0
              ? t('pipelines.checkNone')
              : data.stopped === 0
                ? t('pipelines.checkFree', { count: data.checked })
                : t('pipelines.checkStopped', { count: data.stopped, checked: data.checked })}
          </p>
          {data.items.length > 0 && (
            <ul aria-label={t('pipelines.stoppedDeals')} className="-mx-1 flex max-h-52 flex-col overflow-y-auto">
              {data.items.map(({ dealId, title, obstacles }) => (
                <li key={dealId}>
                  <Link to="/deals/$dealId" params={{ dealId }} target="_blank" className="flex flex-col gap-0.5 rounded-md px-1 py-1.5 text-sm hover:bg-hover">
                    <span className="truncate font-medium">{title}</span>
                    <span className="text-xs text-pretty text-muted">{obstacles.map((obstacle) => obstacleText(t, obstacle)).join(' ')}</span>
                  </Link>
                </li>
              ))}
            </ul>
          )}
        </>
      )}
    </section>
  )
}
