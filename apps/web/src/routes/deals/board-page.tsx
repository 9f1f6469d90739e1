import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { Plus, TrendingUp } from 'lucide-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { membersQuery, useMemberName } from '../../features/auth/members/queries.ts'
import { askedOf, boardQuery, lanesQuery } from '../../features/crm/board/board-queries.ts'
import { BoardBar } from '../../features/crm/board/board-bar.tsx'
import type { BoardSearch } from '../../features/crm/board/board-search.ts'
import { BoardSkeleton } from '../../features/crm/board/board-skeleton.tsx'
import { BoardView } from '../../features/crm/board/board-view.tsx'
import { DealsViewSwitch } from '../../features/crm/board/deals-view-switch.tsx'
import { laneOf, makesLanes, type Lane } from '../../features/crm/board/lanes/lane.ts'
import { useLiveBoard } from '../../features/crm/board/use-live-board.ts'
import { DealPanel } from '../../features/crm/deals/deal-panel.tsx'
import { NewDealDialog } from '../../features/crm/deals/new-deal-dialog.tsx'
import { groupLabel } from '../../features/crm/lists/groups.ts'
import { useListState, type ListState } from '../../features/crm/lists/use-list-state.ts'
import { newDealOpen } from '../../lib/open-store.ts'
import { removedStage, stagesIn, type PlacedStage } from '../../lib/pipelines/stages.ts'
import { usePipelines } from '../../lib/pipelines/use-pipelines.ts'
import { useCan } from '../../lib/session/session-store.ts'
import { useShortcut } from '../../lib/shortcuts/use-shortcut.ts'
import { regionalLocale } from '../../lib/time/format.ts'
import { useIsPhone } from '../../lib/use-is-phone.ts'
import { Button } from '../../ui/button.tsx'
import { PageHeader } from '../../ui/page.tsx'
import { ProblemNote, ProblemPage } from '../../ui/problem.tsx'
import { useOpenRecord } from '../records/use-open-record.ts'

export function BoardPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const search = useSearch({ from: '/app/deals/board' })
  const show = (change: BoardSearch) => void navigate({ to: '/deals/board', search: { ...search, ...change }, replace: true })
  const state = useListState('deal', { filter: search.filter })
  const members = useQuery(membersQuery).data?.items ?? []
  const nameOf = useMemberName()
  const canCreate = useCan('crm.deal.create')
  const isPhone = useIsPhone()
  const openPage = (dealId: string, how?: { replace: boolean }) => void navigate({ to: '/deals/$dealId', params: { dealId }, ...how })
  const { hasRoom, openId, openRow, close } = useOpenRecord({ open: search.open, show, openPage })
  useShortcut(canCreate ? { keys: 'c', label: t('deals.new'), group: 'list', run: () => newDealOpen.set(true) } : null)

  const asked = useMemo(() => askedOf({ search: search.q, filter: state.filter, owner: search.owner }), [search.q, state.filter, search.owner])
  const board = useQuery({ ...boardQuery(search.pipeline, asked), enabled: !state.isWaiting, placeholderData: (before) => before })
  const refresher = useLiveBoard(search.pipeline, asked)
  const stages = useStages(board.data)
  const lanes = useLanes(isPhone ? undefined : search.lanes, search, state, nameOf)
  return (
    <>
      <PageHeader title={t('deals.title')}>
        <Link
          to="/deals/forecast"
          search={search.pipeline ? { pipeline: search.pipeline } : {}}
          aria-label={t('forecast.title')}
          className="flex h-8 items-center gap-1.5 rounded-lg px-2 text-sm text-muted hover:bg-hover hover:text-ink [&_svg]:size-4"
        >
          <TrendingUp aria-hidden />
          <span className="max-md:hidden">{t('forecast.title')}</span>
        </Link>
        <DealsViewSwitch view="board" narrowed={{ q: search.q, filter: search.filter, owner: search.owner }} />
        {canCreate && (
          <Button kind="primary" icon={<Plus />} shortcut="c" onClick={() => newDealOpen.set(true)}>
            <span className="sr-only sm:not-sr-only">{t('deals.new')}</span>
          </Button>
        )}
      </PageHeader>
      <div className="flex min-h-0 flex-1">
        <div className="flex min-w-0 flex-1 flex-col">
          <BoardBar {...{ search, state, members, nameOf }} pipelineId={board.data?.pipelineId ?? search.pipeline} onChange={show} />
          {lanes.error && <ProblemNote error={lanes.error} onRetry={lanes.retry} />}
          {board.error && !board.data && <ProblemPage error={board.error} onRetry={() => void board.refetch()} />}
          {(board.isPending || lanes.isPending) && !board.error && <BoardSkeleton />}
          {board.data && !board.isPlaceholderData && !lanes.isPending && (
            <BoardView
              key={board.data.pipelineId}
              {...{ stages, asked, refresher, nameOf, openId, isPhone }}
              lanes={lanes.lanes}
              hasMoreLanes={lanes.hasMore}
              onOpen={hasRoom ? openRow : undefined}
            />
          )}
          {board.isPlaceholderData && <BoardSkeleton />}
        </div>
        {openId !== null && <DealPanel key={openId} id={openId} members={members} nameOf={nameOf} onClose={close} />}
      </div>
      <NewDealDialog
        isOpen={newDealOpen.use()}
        {...(board.data ? { stages } : {})}
        onClose={() => newDealOpen.set(false)}
        onCreated={({ id }) => refresher.hear([id])}
      />
    </>
  )
}

/** The stages of the board, with what the pipeline says of them. One that was removed stands among them until it is empty. */
function useStages(board: { stages: readonly string[] } | undefined): readonly PlacedStage[] {
  const { t } = useTranslation()
  const pipelines = usePipelines()
  return useMemo(() => {
    const known = stagesIn(pipelines)
    return (board?.stages ?? []).map((id) => known.find((stage) => stage.id === id) ?? removedStage(id, t('board.removedStage')))
  }, [pipelines, board, t])
}

/** Null lanes: the board has none; on a phone there is no room for any. */
function useLanes(
  by: string | undefined,
  search: BoardSearch,
  state: ListState & { isWaiting: boolean },
  nameOf: (id: string) => string | null,
): { lanes: readonly Lane[] | null; hasMore: boolean; isPending: boolean; error: Error | null; retry: () => void } {
  const { t, i18n } = useTranslation()
  const field = state.fields.find((one) => one.key === by && makesLanes(one))
  const narrowed = { search: search.q, filter: state.filter, owner: search.owner }
  const query = useQuery({ ...lanesQuery(search.pipeline, field?.key ?? '', askedOf(narrowed)), enabled: field !== undefined && !state.isWaiting })
  const reader = { t, locale: regionalLocale(i18n.language, navigator.languages), nameOf }
  const { data, error, isPending } = query
  const shared = { hasMore: data?.hasMore ?? false, error, retry: () => void query.refetch() }
  if (!field || error) return { ...shared, lanes: null, isPending: false }
  const lanes = data?.items.map((lane) => laneOf(field, lane, narrowed, (group) => groupLabel(reader, 'deal', field, group))) ?? null
  return { ...shared, lanes, isPending }
}
