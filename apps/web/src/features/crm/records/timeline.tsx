import { HandOverReason, type TimelineEntry } from '@ai-crm/contracts'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { useStageName } from '../../../lib/pipelines/use-pipelines.ts'
import { Button } from '../../../ui/button.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { SkeletonRows } from '../../../ui/states.tsx'
import { Time } from '../../../ui/time.tsx'
import { ChangeActions } from '../bulk/change-actions.tsx'
import { UndoMerge } from '../duplicates/undo-merge.tsx'
import { namedQuery } from '../fields/queries.ts'
import { changedRows, currencyAfter } from './changed-rows.ts'
import { ChangedValues } from './changed-values.tsx'
import { isKnownEvent, timelineIcon, writtenByAi } from './timeline-icons.ts'
import type { TimelineQuery } from './timeline-query.ts'

interface TimelineProps {
  query: TimelineQuery
  nameOf: (userId: string) => string | null
  /** In the story of several people: says of whom each change is. */
  isOfMany?: boolean
}

/** Whose event it is in the story of several people: the name that they began with; of a change, which does not tell it, the one that they have. */
function useWho({ type, data: { name, contactId } }: TimelineEntry, isOfMany: boolean): string | null {
  const began = type.endsWith('.created') && typeof name === 'string' ? name : null
  const changed = isOfMany && type === 'contact.updated' && typeof contactId === 'string' ? contactId : null
  const { data } = useQuery({ ...namedQuery('contact', changed ?? ''), enabled: changed !== null })
  return isOfMany ? (began ?? data?.label ?? null) : null
}

/** Of a merge that the reader may undo: which, and who would be back. */
function mergeIn({ type, data }: TimelineEntry): { record: 'contact' | 'company'; mergeId: string; name: string } | null {
  const merge = Merged.safeParse(data)
  if (!merge.success || (type !== 'contact.merged' && type !== 'company.merged')) return null
  return { record: type === 'contact.merged' ? 'contact' : 'company', mergeId: merge.data.mergeId, name: merge.data.mergedName }
}
const Merged = z.object({ mergeId: z.uuid(), mergedName: z.string() })
const nameOfMerged = ({ type, data }: TimelineEntry): string | null =>
  type.endsWith('merged') && typeof data['mergedName'] === 'string' ? data['mergedName'] : null

/** From where to where a deal moved; null for everything else. */
function useMove({ type, data }: TimelineEntry): string | null {
  const { t } = useTranslation()
  const stageName = useStageName()
  const move = Move.safeParse(data)
  if (type !== 'deal.stage.changed' || !move.success) return null
  return t('deals.moved', { from: stageName(move.data.from), to: stageName(move.data.to) })
}
const Move = z.object({ from: z.string(), to: z.string() })

/** Why a won deal was not handed over; null for everything else. */
function useReason({ type, data }: TimelineEntry): string | null {
  const { t } = useTranslation()
  const reason = HandOverReason.safeParse(data['reason'])
  return type === 'deal.hand-over.undone' && reason.success ? t(`handOver.reasons.${reason.data}`) : null
}

interface EntryProps extends Omit<TimelineProps, 'query'> {
  entry: TimelineEntry
  /** Of a deal after this event; undefined: what it has now. */
  currency: string | null | undefined
}

function Entry({ entry, currency, nameOf, isOfMany = false }: EntryProps) {
  const { t } = useTranslation()
  const Icon = timelineIcon(entry.type)
  const title = isKnownEvent(entry.type) ? t(`timeline.${entry.type}`) : entry.type
  const [move, reason] = [useMove(entry), useReason(entry)]
  const who = useWho(entry, isOfMany)
  const merge = mergeIn(entry)
  const changes = changedRows(entry.data) && { entry, currency, nameOf }
  const isPerson = entry.actor.type === 'user' && !writtenByAi(entry.type)
  const person = isPerson && entry.actor.id ? nameOf(entry.actor.id) : null
  return (
    <li className="group relative flex gap-3 pb-5 last:pb-0 not-last:before:absolute not-last:before:top-7 not-last:before:bottom-0 not-last:before:left-3.5 not-last:before:w-px not-last:before:bg-line">
      <span aria-hidden className="flex size-7 shrink-0 items-center justify-center rounded-full border border-line bg-surface text-muted">
        <Icon className="size-3.5" />
      </span>
      <div className="flex min-w-0 flex-1 flex-col gap-1 pt-1">
        <div className="flex flex-wrap items-baseline gap-x-2">
          {entry.conversationId ? (
            <Link to="/inbox/$folder/$conversationId" params={{ folder: 'all', conversationId: entry.conversationId }} className="font-medium hover:underline">
              {title}
            </Link>
          ) : (
            <span className="font-medium">{title}</span>
          )}
          {move && <span>{move}</span>}
          {reason && <span>{reason}</span>}
          {who && <span>{who}</span>}
          {nameOfMerged(entry) && <span>{nameOfMerged(entry)}</span>}
          <span className="text-xs text-muted">{person ?? t(`timeline.actor.${writtenByAi(entry.type) ? 'ai' : entry.actor.type}`)}</span>
          <Time at={entry.occurredAt} className="text-xs text-faint" />
          <ChangeActions entry={entry} nameOf={nameOf}>
            {changes && <ChangedValues {...changes} isBack />}
          </ChangeActions>
        </div>
        {changes && <ChangedValues {...changes} />}
        {merge && <UndoMerge {...merge} />}
        {entry.excerpt && (
          <div className="max-w-prose rounded-lg bg-canvas px-3 py-2 text-muted">
            <p className="line-clamp-3 break-words whitespace-pre-wrap">{entry.excerpt}</p>
          </div>
        )}
      </div>
    </li>
  )
}

/** The whole story of a record, newest first, as the services told it in events. */
export function Timeline({ query, nameOf, isOfMany = false }: TimelineProps) {
  const { t } = useTranslation()
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(query)
  if (error && !data) return <ProblemNote error={error} onRetry={() => void refetch()} />
  if (!data) return <SkeletonRows count={4} label={t('common.loading')} />
  const entries = data.pages.flatMap(({ items }) => items)
  if (entries.length === 0) return <p className="text-faint">{t('records.noTimeline')}</p>
  return (
    <div className="flex flex-col gap-3">
      <ol aria-label={t('records.timeline')}>
        {entries.map((entry, at) => (
          <Entry key={entry.id} entry={entry} currency={currencyAfter(entries, at)} nameOf={nameOf} isOfMany={isOfMany} />
        ))}
      </ol>
      {hasNextPage && (
        <Button className="self-start" isBusy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('common.loadMore')}
        </Button>
      )}
    </div>
  )
}
