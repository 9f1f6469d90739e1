import type { ForecastChange } from '@ai-crm/contracts'
import { useQuery } from '@tanstack/react-query'
import clsx from 'clsx'
import { ChevronRight, TrendingDown, TrendingUp } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isStatus } from '../../../lib/api/explain.ts'
import { formatMoney } from '../../../lib/money/money.ts'
import { regionalLocale } from '../../../lib/time/format.ts'
import { ProblemNote } from '../../../ui/problem.tsx'
import { Skeleton } from '../../../ui/states.tsx'
import { ChangedDeals } from './changed-deals.tsx'
import { partName } from './part-name.ts'
import { forecastChangesQuery } from './queries.ts'

/** By how much what is won and expected differs from what was foretold a week ago. */
export function ForecastChanges({ pipelineId }: { pipelineId: string }) {
  const { t, i18n } = useTranslation()
  const locale = regionalLocale(i18n.language, navigator.languages)
  const { data, error, refetch } = useQuery(forecastChangesQuery(pipelineId))
  // The whole forecast is not for whoever sees some of the deals only: there is nothing to compare, and nothing went wrong.
  if (isStatus(error, 403)) return null
  const changes = (data?.changes ?? []).filter((change) => differenceOf(change) !== 0)
  const since = data?.takenOn ? new Date(`${data.takenOn}T00:00:00Z`).toLocaleDateString(locale, { dateStyle: 'long', timeZone: 'UTC' }) : null
  return (
    <section className="flex flex-col gap-2">
      <h2 className="text-base font-semibold">{since ? t('forecast.changedSince', { day: since }) : t('forecast.changed')}</h2>
      {error && !data && <ProblemNote error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton className="h-10 w-full" />}
      {data && data.takenOn === null && <p className="text-sm text-muted">{t('forecast.nothingKept')}</p>}
      {data?.takenOn && changes.length === 0 && <p className="text-sm text-muted">{t('forecast.nothingChanged')}</p>}
      {changes.length > 0 && (
        <ul className="flex flex-col divide-y divide-line rounded-xl border border-line text-sm">
          {changes.map((change) => (
            <Change
              key={`${change.part} ${change.currency}`}
              pipelineId={pipelineId}
              change={change}
              label={partName(t, locale, change.part)}
              locale={locale}
            />
          ))}
        </ul>
      )}
    </section>
  )
}

const expected = (line: ForecastChange['now']): number => (line ? line.wonMinor + line.weightedMinor : 0)
const differenceOf = ({ before, now }: ForecastChange): number => Math.round(expected(now) - expected(before))

interface ChangeProps {
  pipelineId: string
  change: ForecastChange
  label: string
  locale: string
}

/** A part of the forecast; opened, the deals behind it. */
function Change({ pipelineId, change, label, locale }: ChangeProps) {
  const { t } = useTranslation()
  const [isOpen, setIsOpen] = useState(false)
  const difference = differenceOf(change)
  const isMore = difference > 0
  const Icon = isMore ? TrendingUp : TrendingDown
  const money = formatMoney(Math.abs(difference), change.currency, locale)
  return (
    <li>
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => setIsOpen(!isOpen)}
        className="flex w-full flex-wrap items-center gap-3 px-4 py-2 text-left hover:bg-hover"
      >
        <ChevronRight aria-hidden className={clsx('size-4 text-muted transition-transform', isOpen && 'rotate-90')} />
        <Icon aria-hidden className={isMore ? 'size-4 text-ok' : 'size-4 text-danger'} />
        <span className="min-w-0 flex-1">{label}</span>
        <span className="tabular-nums">{t(isMore ? 'forecast.more' : 'forecast.less', { sum: money })}</span>
      </button>
      {isOpen && (
        <div className="flex flex-col gap-2 px-4 pt-1 pb-3 md:pl-11">
          <ChangedDeals pipelineId={pipelineId} change={change} />
        </div>
      )}
    </li>
  )
}
