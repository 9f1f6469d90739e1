import { useInfiniteQuery } from '@tanstack/react-query'
import clsx from 'clsx'
import { ChevronRight } from 'lucide-react'
import { memo, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { forbiddenText } from '../../../../lib/pipelines/forbidden.ts'
import { useStageName } from '../../../../lib/pipelines/use-pipelines.ts'
import { ProblemNote } from '../../../../ui/problem.tsx'
import { Skeleton } from '../../../../ui/states.tsx'
import { columnQuery } from '../board-queries.ts'
import { CardList } from '../cards/card-list.tsx'
import type { BoardColumnProps } from '../columns/board-column.tsx'
import { totalsIn } from '../column-data.ts'
import { ColumnHeader } from '../columns/column-header.tsx'
import { useColumn } from '../columns/use-column.ts'
import { currentLifted, useDropIndex } from '../moving/drag-store.ts'
import type { Cell } from '../moving/place.ts'
import { useCellDrop } from '../moving/use-card-drag.ts'
import { useObstacle } from '../moving/use-obstacle.ts'
import type { Lane } from './lane.ts'

interface BoardLanesProps extends Pick<BoardColumnProps, 'cursorId' | 'openId' | 'tools'> {
  lanes: readonly Lane[]
  /** There are lanes beyond these. */
  hasMore: boolean
  cells: readonly Cell[]
}

/** Lanes that are open to begin with. */
const OPEN = 3

/** The board cut across: for each value of a field a row with the same columns. Cards of a lane are fetched when it is opened. */
export function BoardLanes({ lanes, hasMore, cells, ...board }: BoardLanesProps) {
  const { t } = useTranslation()
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set())
  const [firstLane] = lanes
  const headers = cells.filter(({ laneId }) => laneId === firstLane?.id)
  const toggle = (id: string) => {
    const next = new Set(toggled)
    if (!next.delete(id)) next.add(id)
    setToggled(next)
  }
  return (
    <div className="flex h-fit min-h-full w-max min-w-full shrink-0 flex-col px-3 md:px-5">
      <div className="sticky top-0 z-10 flex gap-2.5 bg-surface pt-3">
        {headers.map((cell) => (
          <Head key={cell.id} cell={cell} />
        ))}
      </div>
      {lanes.map((lane, index) => (
        <LaneRow
          key={lane.id}
          lane={lane}
          cells={cells.filter(({ laneId }) => laneId === lane.id)}
          isOpen={index < OPEN !== toggled.has(lane.id)}
          onToggle={() => toggle(lane.id)}
          {...board}
        />
      ))}
      {hasMore && <p className="sticky left-0 w-fit border-t border-line px-2 py-3 text-sm text-muted">{t('board.moreLanes', { lanes: lanes.length })}</p>}
    </div>
  )
}

/** Of the whole column, over its lanes; not drawn anew with each card that the cursor goes to. */
const Head = memo(function Head({ cell: { stage, wholeAsked } }: { cell: Cell }) {
  const { data } = useInfiniteQuery({ ...columnQuery(stage.id, wholeAsked), select: totalsIn })
  return (
    <div className="w-72 shrink-0">
      <ColumnHeader stage={stage} totals={data} />
    </div>
  )
})

interface LaneRowProps extends Omit<BoardLanesProps, 'lanes' | 'hasMore'> {
  lane: Lane
  isOpen: boolean
  onToggle: () => void
}

function LaneRow({ lane, cells, isOpen, onToggle, cursorId, openId, tools }: LaneRowProps) {
  return (
    <section aria-label={lane.label} className="border-t border-line py-2">
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={onToggle}
        className="sticky left-0 flex h-8 items-center gap-2 rounded-lg px-2 font-medium hover:bg-hover"
      >
        <ChevronRight aria-hidden className={clsx('size-4 text-muted transition-transform', isOpen && 'rotate-90')} />
        {lane.label}
        <span className="text-xs font-normal text-muted tabular-nums">{lane.count}</span>
      </button>
      {isOpen && (
        <div className="flex gap-2.5 pt-1">
          {cells.map((cell) => (
            <LaneCell key={cell.id} cell={cell} laneLabel={lane.label} {...{ cursorId, openId, tools }} />
          ))}
        </div>
      )}
    </section>
  )
}

/** Into a lane whose value nobody can give by putting a card there, only its own cards go. */
const isOfLane = ({ laneId }: Cell): boolean => currentLifted()?.from.cellId.endsWith(` ${laneId}`) === true

function LaneCell({ cell, laneLabel, cursorId, openId, tools }: Pick<BoardLanesProps, 'cursorId' | 'openId' | 'tools'> & { cell: Cell; laneLabel: string }) {
  const { t } = useTranslation()
  const nameOf = useStageName()
  const column = useColumn(cell)
  const whole = useRef<HTMLDivElement>(null)
  const [scroller, setScroller] = useState<HTMLElement | null>(null)
  useEffect(() => setScroller(whole.current), [])
  const obstacle = useObstacle(cell, column.totals.count)
  const isOver = useDropIndex(cell.id) !== null
  useCellDrop(whole, scroller, cell.id, column.cards.length, () => obstacle === null && (cell.laneFields !== null || isOfLane(cell)))
  const refusal = obstacle && forbiddenText(t, obstacle, cell.stage, nameOf)
  return (
    <div
      ref={whole}
      title={refusal ?? undefined}
      data-cell={cell.id}
      tabIndex={-1}
      className={clsx(
        'max-h-96 min-h-20 w-72 shrink-0 overflow-y-auto rounded-xl p-1.5',
        isOver ? 'bg-accent-soft ring-1 ring-accent ring-inset' : 'bg-hover/60',
        refusal && 'opacity-35',
      )}
    >
      {column.isPending && <Skeleton className="h-24 w-full" />}
      {column.error && <ProblemNote error={column.error} onRetry={column.refetch} />}
      <CardList {...{ cell, cursorId, openId, tools, scroller }} {...column} label={t('board.dealsInLane', { stage: nameOf(cell.stage), lane: laneLabel })} />
    </div>
  )
}
