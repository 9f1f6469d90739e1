import type { Stay } from '@ai-crm/contracts'
import { infiniteQueryOptions, useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../lib/api/api.ts'
import { useStageName } from '../../../lib/pipelines/use-pipelines.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { Skeleton } from '../../../ui/states.tsx'
import { Time } from '../../../ui/time.tsx'
import { durationText } from './duration-text.ts'

const staysQuery = (dealId: string) =>
  infiniteQueryOptions({
    queryKey: ['pipeline', 'stays', dealId],
    queryFn: ({ pageParam, signal }) =>
      api.pipeline.listDealStays({ params: { dealId }, query: { limit: 20, ...(pageParam ? { cursor: pageParam } : {}) }, signal }),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  })

const TONES = { advanced: 'accent', 'moved-back': 'warn', won: 'ok', lost: 'danger', 'handed-off': 'neutral', deleted: 'neutral' } as const

/** Where a deal stood, for how long, and what became of it; longer stays are longer bars. */
export function StaysSection({ dealId, nameOf }: { dealId: string; nameOf: (userId: string) => string | null }) {
  const { t } = useTranslation()
  const list = useInfiniteQuery(staysQuery(dealId))
  const stays = list.data?.pages.flatMap(({ items }) => items) ?? []
  const now = useMinute()
  const lengths = stays.map(({ enteredAt, leftAt }) => (leftAt === null ? now : Date.parse(leftAt)) - Date.parse(enteredAt))
  const longest = Math.max(1, ...lengths)
  if (list.data && stays.length === 0) return null
  return (
    <section className="flex flex-col gap-2">
      <h2 className="text-xs font-medium text-faint">{t('stays.title')}</h2>
      {list.isPending && <Skeleton className="h-16 w-full" />}
      {list.error && !list.data && <ProblemNote error={list.error} onRetry={() => void list.refetch()} />}
      <ol aria-label={t('stays.title')} className="flex flex-col gap-2">
        {stays.map((stay, index) => (
          <Row key={stay.enteredAt} stay={stay} ms={lengths[index] ?? 0} share={(lengths[index] ?? 0) / longest} nameOf={nameOf} />
        ))}
      </ol>
      {list.hasNextPage && (
        <Button className="self-start" isBusy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('common.loadMore')}
        </Button>
      )}
    </section>
  )
}

interface RowProps {
  stay: Stay
  ms: number
  /** Of the longest: 0 to 1. */
  share: number
  nameOf: (userId: string) => string | null
}

function Row({ stay, ms, share, nameOf }: RowProps) {
  const { t } = useTranslation()
  const stageName = useStageName()
  const by = stay.leftBy?.type === 'user' && stay.leftBy.id ? nameOf(stay.leftBy.id) : null
  return (
    <li className="flex flex-col gap-1 text-sm">
      <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <span className="font-medium">{stay.stageName === null ? t('pipelines.formerStage') : stageName({ id: stay.stage, name: stay.stageName })}</span>
        <span className="text-xs text-muted tabular-nums">{durationText(t, ms)}</span>
        {stay.outcome && <Badge tone={TONES[stay.outcome]}>{t(`stays.outcomes.${stay.outcome}`)}</Badge>}
        <span className="flex-1" />
        <span className="text-xs text-faint">
          {stay.leftAt === null ? (
            t('stays.stillHere')
          ) : (
            <>
              {by && `${by} · `}
              <Time at={stay.leftAt} />
            </>
          )}
        </span>
      </span>
      <span aria-hidden className="h-1 rounded-full bg-accent" style={{ width: `${Math.max(1.5, share * 100)}%` }} />
    </li>
  )
}

function useMinute(): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 60_000)
    return () => clearInterval(timer)
  }, [])
  return now
}
