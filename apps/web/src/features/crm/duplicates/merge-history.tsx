import type { Merge, MergeRecord } from '@ai-crm/contracts'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { History, Undo2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '../../../lib/session/session-store.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { EmptyState, SkeletonRows } from '../../../ui/states.tsx'
import { Time } from '../../../ui/time.tsx'
import { mergesQuery } from './queries.ts'
import { SeparationDialog } from './separation-dialog.tsx'

interface MergeHistoryProps {
  record: MergeRecord
  nameOf: (userId: string) => string | null
}

/** Everything that was merged, and the way back. */
export function MergeHistory({ record, nameOf }: MergeHistoryProps) {
  const { t } = useTranslation()
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(mergesQuery(record))
  const [undoing, setUndoing] = useState<Merge | null>(null)
  if (error && !data) return <ProblemNote error={error} onRetry={() => void refetch()} />
  if (!data) return <SkeletonRows count={5} label={t('common.loading')} />
  const merges = data.pages.flatMap(({ items }) => items)
  if (merges.length === 0) return <EmptyState icon={<History />} title={t('duplicates.noMerges')} text={t('duplicates.noMergesText')} />
  return (
    <div className="flex flex-col gap-3">
      <ul aria-label={t('duplicates.tabs.history')} className="flex flex-col divide-y divide-line rounded-xl border border-line">
        {merges.map((merge) => (
          <Line key={merge.id} record={record} merge={merge} by={merge.mergedBy.id ? nameOf(merge.mergedBy.id) : null} onUndo={() => setUndoing(merge)} />
        ))}
      </ul>
      {hasNextPage && (
        <Button className="self-start" isBusy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('common.loadMore')}
        </Button>
      )}
      {undoing && <SeparationDialog record={record} mergeId={undoing.id} name={undoing.mergedName} onClose={() => setUndoing(null)} />}
    </div>
  )
}

const look = 'font-medium hover:underline'

function Line({ record, merge, by, onUndo }: { record: MergeRecord; merge: Merge; by: string | null; onUndo: () => void }) {
  const { t } = useTranslation()
  const mayUndo = [useCan(`crm.${record}.update`), useCan(`crm.${record}.delete`)].every(Boolean)
  const isUndone = merge.state === 'separating' || merge.state === 'separated'
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2.5">
      <p className="min-w-0 flex-1 text-sm break-words">
        <span className={isUndone ? 'text-muted' : undefined}>{merge.mergedName}</span>
        <span className="text-faint"> → </span>
        {record === 'contact' ? (
          <Link to="/contacts/$contactId" params={{ contactId: merge.survivorId }} className={look}>
            {merge.survivorName}
          </Link>
        ) : (
          <Link to="/companies/$companyId" params={{ companyId: merge.survivorId }} className={look}>
            {merge.survivorName}
          </Link>
        )}
      </p>
      <span className="flex items-center gap-2 text-xs text-faint">
        {by}
        <Time at={merge.mergedAt} />
      </span>
      {(merge.state === 'moving' || merge.state === 'separating') && <Badge tone="warn">{t('duplicates.underWay')}</Badge>}
      {isUndone && <Badge>{t('duplicates.undone')}</Badge>}
      {!isUndone && mayUndo && (
        <Button className="h-7!" icon={<Undo2 />} onClick={onUndo}>
          {t('duplicates.unmerge')}
        </Button>
      )}
    </li>
  )
}
