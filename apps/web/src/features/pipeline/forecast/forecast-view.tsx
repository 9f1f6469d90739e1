import { useQuery } from '@tanstack/react-query'
import { TrendingUp } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { pipelinesQuery } from '../../../lib/pipelines/pipelines-query.ts'
import { pipelineName, stageName } from '../../../lib/pipelines/stages.ts'
import { useCan } from '../../../lib/session/session-store.ts'
import { Choice } from '../../../ui/field.tsx'
import { PageHeader } from '../../../ui/page.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { RateText } from '../../../ui/rate-text.tsx'
import { EmptyState, SkeletonRows } from '../../../ui/states.tsx'
import { ForecastChanges } from './forecast-changes.tsx'
import { ForecastTable } from './forecast-table.tsx'
import { forecastQuery } from './queries.ts'

interface ForecastViewProps {
  chosenId: string | undefined
  onChoose: (pipelineId: string) => void
  /** In the header: where else to go. */
  children?: ReactNode
}

/** What the deals of a pipeline bring: month by month, with what changed, how likely stages are, and the rates behind the totals. */
export function ForecastView({ chosenId, onChoose, children }: ForecastViewProps) {
  const { t } = useTranslation()
  const canSee = useCan('pipeline.pipeline.read')
  const known = useQuery({ ...pipelinesQuery, enabled: canSee })
  const pipelines = known.data?.items ?? []
  const pipeline = pipelines.find(({ id }) => id === chosenId) ?? pipelines[0]
  const forecast = useQuery({ ...forecastQuery(pipeline?.id ?? ''), enabled: pipeline !== undefined })
  const { data } = forecast
  const { error, refetch } = known.data ? forecast : known
  const isEmpty = data?.parts.every(({ lines }) => lines.length === 0) === true
  const odds = data?.stages.filter(({ empirical }) => empirical !== null) ?? []
  return (
    <>
      <PageHeader title={t('forecast.title')}>
        {children}
        {pipelines.length > 1 && pipeline && (
          <Choice
            isLabelHidden
            label={t('board.pipeline')}
            value={pipeline.id}
            options={pipelines.map((one) => ({ value: one.id, label: pipelineName(t, one) }))}
            onChange={onChoose}
            className="h-8! w-auto max-w-44"
          />
        )}
      </PageHeader>
      <div className="min-h-0 flex-1 overflow-y-auto" tabIndex={-1}>
        <div className="mx-auto flex max-w-4xl flex-col gap-8 px-4 py-6 md:px-8">
          {error && !data && <ProblemNote error={error} onRetry={() => void refetch()} />}
          {!canSee && <EmptyState icon={<TrendingUp />} title={t('forecast.hidden')} text={t('forecast.hiddenText')} />}
          {canSee && !data && !error && <SkeletonRows count={6} label={t('common.loading')} />}
          {isEmpty && <EmptyState icon={<TrendingUp />} title={t('forecast.empty')} text={t('forecast.emptyText')} />}
          {data && !isEmpty && (
            <>
              <div className="flex flex-col gap-2">
                <ForecastTable forecast={data} />
                <p className="text-xs text-pretty text-faint">
                  {data.currency === null ? t('forecast.noCurrency') : t('forecast.inCurrency', { currency: data.currency })}{' '}
                  {data.rates.map((rate, nth) => (
                    <span key={rate.currency}>
                      {nth > 0 && ' · '}
                      <RateText rate={rate} own={data.currency ?? ''} />
                    </span>
                  ))}
                </p>
              </div>
              {pipeline && <ForecastChanges pipelineId={pipeline.id} />}
              {odds.length > 0 && (
                <section className="flex flex-col gap-2">
                  <h2 className="text-base font-semibold">{t('forecast.odds')}</h2>
                  <ul className="flex flex-col divide-y divide-line rounded-xl border border-line text-sm">
                    {odds.map(({ stage, probability, empirical, won, decided }) => (
                      <li key={stage} className="flex flex-wrap items-center gap-x-4 px-4 py-2">
                        <span className="min-w-0 flex-1">{nameIn(stage)}</span>
                        <span className="text-muted tabular-nums">{t('forecast.said', { percent: probability })}</span>
                        <span className="tabular-nums">{t('forecast.shown', { percent: Math.round((empirical ?? 0) * 100), won, decided })}</span>
                      </li>
                    ))}
                  </ul>
                </section>
              )}
            </>
          )}
        </div>
      </div>
    </>
  )

  function nameIn(stageId: string): string {
    const stage = pipeline?.stages.find(({ id }) => id === stageId)
    return stage ? stageName(t, stage) : t('pipelines.formerStage')
  }
}
