import type { ForecastChange, ForecastDealChange } from '@ai-crm/contracts'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { TFunction } from 'i18next'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatMoney } from '../../../lib/money/money.ts'
import { useStageName } from '../../../lib/pipelines/use-pipelines.ts'
import { regionalLocale } from '../../../lib/time/format.ts'
import { Button } from '../../../ui/button.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { Skeleton } from '../../../ui/states.tsx'
import { partName } from './part-name.ts'
import { changedDealsQuery, weekAgo } from './queries.ts'

/** The deals that made a part of the forecast change, those first that made the most of it. */
export function ChangedDeals({ pipelineId, change: { part, currency } }: { pipelineId: string; change: ForecastChange }) {
  const { t } = useTranslation()
  // Pages go on only since the day that the first one began with.
  const [since] = useState(weekAgo)
  const { data, error, refetch, fetchNextPage, hasNextPage, isFetchingNextPage } = useInfiniteQuery(changedDealsQuery(pipelineId, part, currency, since))
  if (error && !data) return <ProblemNote error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton className="h-10 w-full" />
  const items = data.pages.flatMap((page) => page.items)
  if (items.length === 0) return <p className="text-muted">{t('forecast.noDeals')}</p>
  return (
    <>
      <ul className="flex flex-col gap-2">
        {items.map((item) => (
          <ChangedDeal key={item.dealId} {...{ item, currency }} />
        ))}
      </ul>
      {hasNextPage && (
        <Button kind="quiet" className="self-start" isBusy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('common.loadMore')}
        </Button>
      )}
    </>
  )
}

type Told = ForecastDealChange & { readonly title: string | null }

function ChangedDeal({ item, currency }: { item: Told; currency: string }) {
  const { t, i18n } = useTranslation()
  const locale = regionalLocale(i18n.language, navigator.languages)
  const nameOf = useStageName()
  const reasons = item.kinds.map((kind) => reasonText(t, locale, nameOf, item, kind))
  const sign = item.differenceMinor > 0 ? '+' : item.differenceMinor < 0 ? '−' : ''
  return (
    <li className="flex items-start gap-3">
      <span className="flex min-w-0 flex-1 flex-col">
        {item.title === null ? (
          <span className="text-muted">{t('forecast.goneDeal')}</span>
        ) : (
          <Link to="/deals/$dealId" params={{ dealId: item.dealId }} className="truncate rounded-sm font-medium hover:underline">
            {item.title}
          </Link>
        )}
        <span className="text-xs text-pretty text-muted">{reasons.join(' · ')}</span>
      </span>
      <span className="shrink-0 tabular-nums">
        {sign}
        {formatMoney(Math.abs(item.differenceMinor), currency, locale)}
      </span>
    </li>
  )
}

/** Why it counts otherwise, with what was and what is. */
function reasonText(t: TFunction, locale: string, nameOf: (stage: string) => string, { before, now }: Told, kind: Told['kinds'][number]): string {
  const stages = { from: before ? nameOf(before.stage) : '', to: now ? nameOf(now.stage) : '' }
  const months = { from: before ? partName(t, locale, before.part) : '', to: now ? partName(t, locale, now.part) : '' }
  const money = (deal: Told['now']) => (deal ? formatMoney(deal.amountMinor, deal.currency, locale) : t('forecast.noAmount'))
  if (kind === 'stage') return t('forecast.why.stage', stages)
  if (kind === 'month') return t('forecast.why.month', months)
  if (kind === 'amount') return t('forecast.why.amount', { from: money(before), to: money(now) })
  return t(`forecast.why.${kind}`)
}
