import type { MergeRecord } from '@ai-crm/contracts'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { ArrowLeft, CopyCheck } from 'lucide-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useMemberName } from '../../features/auth/members/queries.ts'
import { MergeHistory } from '../../features/crm/duplicates/merge-history.tsx'
import { MergePane } from '../../features/crm/duplicates/merge-pane.tsx'
import { pairId, PairList } from '../../features/crm/duplicates/pair-list.tsx'
import { pairsQuery } from '../../features/crm/duplicates/queries.ts'
import { ScanBar } from '../../features/crm/duplicates/scan-bar.tsx'
import { useJudge } from '../../features/crm/duplicates/use-duplicate-commands.ts'
import { useWatchedSummary } from '../../features/crm/duplicates/use-watched-summary.ts'
import { useCan } from '../../lib/session/session-store.ts'
import { useIsWide } from '../../lib/use-is-wide.ts'
import { Button } from '../../ui/button.tsx'
import { PageHeader } from '../../ui/page.tsx'
import { ProblemPage } from '../../ui/problem.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { EmptyState, SkeletonRows } from '../../ui/states.tsx'
import { useRowKeys } from '../use-row-keys.ts'
import type { DuplicatesSearch } from './duplicates-search.ts'

const SHOWS = ['open', 'dismissed', 'history'] as const

/** Records that look like the same: one pair after the other is merged, or said not to be one; and what was merged. */
export function DuplicatesPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const search = useSearch({ from: '/app/duplicates' })
  const canSeeCompanies = useCan('crm.company.read')
  const record: MergeRecord = search.record ?? 'contact'
  const show = search.show ?? 'open'
  const summary = useWatchedSummary(record)
  const nameOf = useMemberName()
  const go = (change: DuplicatesSearch) => void navigate({ to: '/duplicates', search: { ...search, ...change }, replace: true })
  return (
    <>
      <PageHeader title={t('duplicates.title')}>
        <ScanBar record={record} scan={summary?.scan} />
      </PageHeader>
      <div className="flex shrink-0 flex-wrap items-center gap-2 border-b border-line px-3 py-2 md:px-5">
        {canSeeCompanies && (
          <Segmented
            label={t('duplicates.record')}
            value={record}
            options={(['contact', 'company'] as const).map((value) => ({ value, label: t(`duplicates.records.${value}`) }))}
            onChange={(value) => go({ record: value === 'company' ? value : undefined, pair: undefined })}
          />
        )}
        <Segmented
          label={t('duplicates.show')}
          value={show}
          options={SHOWS.map((value) => ({ value, label: t(`duplicates.tabs.${value}`) }))}
          onChange={(value) => go({ show: value === 'open' ? undefined : value, pair: undefined })}
        />
      </div>
      {show === 'history' ? (
        <div className="min-h-0 flex-1 overflow-y-auto p-4 md:p-6" tabIndex={-1}>
          <div className="mx-auto max-w-3xl">
            <MergeHistory key={record} record={record} nameOf={nameOf} />
          </div>
        </div>
      ) : (
        <Pairs key={`${record}${show}`} record={record} status={show} pairInAddress={search.pair} onPair={(pair) => go({ pair })} nameOf={nameOf} />
      )}
    </>
  )
}

interface PairsProps {
  record: MergeRecord
  status: 'open' | 'dismissed'
  pairInAddress: string | undefined
  onPair: (id: string | undefined) => void
  nameOf: (userId: string) => string | null
}

/** On a wide screen the first pair is open at once; on a phone the list comes first. */
function Pairs({ record, status, pairInAddress, onPair, nameOf }: PairsProps) {
  const { t } = useTranslation()
  const isWide = useIsWide()
  const list = useInfiniteQuery(pairsQuery(record, status))
  const pairs = useMemo(() => list.data?.pages.flatMap(({ items }) => items) ?? [], [list.data])
  const selected = pairs.find((pair) => pairId(pair) === pairInAddress) ?? (isWide ? pairs[0] : undefined)
  const rows = useMemo(() => pairs.map((pair) => ({ id: pairId(pair) })), [pairs])
  useRowKeys(rows, onPair, onPair, selected ? pairId(selected) : null)
  /** The next one is there by itself once this one is gone. */
  const goOn = () => {
    const index = pairs.findIndex((pair) => pair === selected)
    const next = pairs[index + 1] ?? pairs[index - 1]
    onPair(isWide && next ? pairId(next) : undefined)
  }
  if (list.isPending) return <SkeletonRows count={8} label={t('common.loading')} />
  if (list.error && !list.data) return <ProblemPage error={list.error} onRetry={() => void list.refetch()} />
  if (pairs.length === 0) return <EmptyState icon={<CopyCheck />} title={t(`duplicates.empty.${status}`)} text={t(`duplicates.emptyText.${status}`)} />
  return (
    <div className="flex min-h-0 flex-1">
      {(isWide || !selected) && (
        <div className="w-full min-w-0 shrink-0 overflow-y-auto border-line md:w-80 md:border-r" tabIndex={-1}>
          <PairList pairs={pairs} selectedId={selected ? pairId(selected) : null} onSelect={onPair} />
          {list.hasNextPage && (
            <Button className="m-3" isBusy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
              {t('common.loadMore')}
            </Button>
          )}
        </div>
      )}
      {selected && (
        <div className="min-w-0 flex-1 overflow-y-auto p-4 md:p-6" tabIndex={-1}>
          <div className="mx-auto flex max-w-3xl flex-col gap-4">
            {!isWide && (
              <Button kind="quiet" className="self-start" icon={<ArrowLeft />} onClick={() => onPair(undefined)}>
                {t('common.back')}
              </Button>
            )}
            {status === 'open' ? (
              <MergePane key={pairId(selected)} record={record} pair={selected} nameOf={nameOf} onDone={goOn} />
            ) : (
              <Dismissed record={record} pair={selected} />
            )}
          </div>
        </div>
      )}
    </div>
  )
}

function Dismissed({ record, pair }: { record: MergeRecord; pair: Parameters<typeof pairId>[0] }) {
  const { t } = useTranslation()
  const canUpdate = useCan(`crm.${record}.update`)
  const judge = useJudge(record)
  return (
    <EmptyState icon={<CopyCheck />} title={`${pair.one.name} · ${pair.other.name}`} text={t('duplicates.dismissedText')}>
      {canUpdate && pair.score > 0 && <Button onClick={() => judge.mutate({ pair, status: 'open' })}>{t('duplicates.askAgain')}</Button>}
    </EmptyState>
  )
}
