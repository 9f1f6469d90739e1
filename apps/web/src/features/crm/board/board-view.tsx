import type { BoardCard } from '@ai-crm/contracts'
import { useQueryClient } from '@tanstack/react-query'
import { useId, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PlacedStage } from '../../../lib/pipelines/stages.ts'
import { useCan } from '../../../lib/session/session-store.ts'
import { MoveToDialog } from '../deals/move/move-to-dialog.tsx'
import { useNow } from '../tasks/use-now.ts'
import { columnQuery, type Asked } from './board-queries.ts'
import type { CardTools } from './cards/board-card.tsx'
import { cardsIn, totalsIn } from './column-data.ts'
import { BoardColumn } from './columns/board-column.tsx'
import type { Lane } from './lanes/lane.ts'
import { BoardLanes } from './lanes/board-lanes.tsx'
import type { Cell } from './moving/place.ts'
import { useBoardKeys } from './moving/use-board-keys.ts'
import { useBoardMoves } from './moving/use-board-moves.ts'
import { useDragMonitor } from './moving/use-card-drag.ts'
import { PhoneColumn } from './phone-column.tsx'
import type { Refresher } from './refresher.ts'
import { useFolded } from './use-folded.ts'

interface BoardViewProps {
  stages: readonly PlacedStage[]
  asked: Asked
  /** Null: the board has none. */
  lanes: readonly Lane[] | null
  hasMoreLanes: boolean
  refresher: Refresher
  nameOf: (userId: string) => string | null
  openId: string | null
  onOpen: ((id: string) => void) | undefined
  isPhone: boolean
}

const wholeCells = (stages: readonly PlacedStage[], asked: Asked): Cell[] =>
  stages.map((stage) => ({ id: stage.id, stage, asked, wholeAsked: asked, laneFields: null, laneId: null }))

const laneCells = (stages: readonly PlacedStage[], lanes: readonly Lane[], wholeAsked: Asked): Cell[] =>
  lanes.flatMap(({ id, asked, fields }) => stages.map((stage) => ({ id: `${stage.id} ${id}`, stage, asked, wholeAsked, laneFields: fields, laneId: id })))

/** The columns of a pipeline, in lanes or not, with everything that moves a card. */
export function BoardView({ stages, asked, lanes, hasMoreLanes, refresher, nameOf, openId, onOpen, isPhone }: BoardViewProps) {
  const { t } = useTranslation()
  const cache = useQueryClient()
  const canMove = useCan('crm.deal.update')
  const canCreate = useCan('crm.deal.create')
  const board = useRef<HTMLDivElement>(null)
  const hintId = useId()
  const now = useNow()
  const folded = useFolded()
  const [moving, setMoving] = useState<BoardCard | null>(null)
  const cells = useMemo(() => (lanes ? laneCells(stages, lanes, asked) : wholeCells(stages, asked)), [stages, lanes, asked])
  const moves = useBoardMoves(asked, refresher)
  const dataOf = (cell: Cell) => cache.getQueryData(columnQuery(cell.stage.id, cell.asked).queryKey)
  const isFolded = (cell: Cell) => !isPhone && (folded.of(cell.stage.id) ?? (cell.stage.kind === 'lost' && totalsIn(dataOf(cell)).count === 0))
  const cellOf = (id: string) => cells.find((cell) => cell.id === id)
  const cellWith = (cardId: string) => cells.find((cell) => cardsIn(dataOf(cell)).some(({ id }) => id === cardId))

  const drop = (card: BoardCard, from: Cell, to: Cell, index: number) => moves.move(card, from, to, index)
  const keys = useBoardKeys({ board, cells, isFolded, canMove, onDrop: drop, onMoveTo: setMoving })
  useDragMonitor(
    board,
    (cardId, from, to) => {
      const [source, target] = [cellOf(from.cellId), cellOf(to.cellId)]
      const card = source && cardsIn(dataOf(source)).find(({ id }) => id === cardId)
      if (card && target) drop(card, source, target, to.index)
    },
    (isDragging) => (isDragging ? refresher.hold() : refresher.release()),
  )
  const tools = useMemo<CardTools>(() => ({ now, canMove, nameOf, onOpen, onMoveTo: setMoving, hintId }), [now, canMove, nameOf, onOpen, hintId])
  const shared = { cursorId: keys.cursorId, openId, tools, canCreate, onAdded: (id: string) => refresher.hear([id]) }
  const columnOf = (cell: Cell) => (
    <BoardColumn key={cell.id} cell={cell} {...shared} isCollapsed={isFolded(cell)} onCollapse={(isCollapsed) => folded.fold([cell.stage.id], isCollapsed)} />
  )
  return (
    <>
      <p id={hintId} className="sr-only">
        {t('board.hint')}
      </p>
      <p role="status" aria-live="assertive" className="sr-only">
        {keys.news}
      </p>
      <div
        ref={board}
        role="group"
        aria-label={t('board.title')}
        onKeyDown={keys.onKeyDown}
        onFocus={({ target }) => keys.onFocus(target)}
        className="flex min-h-0 flex-1 overflow-auto"
      >
        {lanes ? (
          <BoardLanes lanes={lanes} hasMore={hasMoreLanes} cells={cells} {...shared} />
        ) : isPhone ? (
          <PhoneColumn cells={cells} {...shared} />
        ) : (
          <div className="flex min-h-0 flex-1 gap-2.5 px-3 py-3 md:px-5">{cells.map(columnOf)}</div>
        )}
      </div>
      {moves.dialog}
      {moving && (
        <MoveToDialog
          deal={moving}
          onClose={() => setMoving(null)}
          onChoose={(to) => {
            const from = cellWith(moving.id)
            setMoving(null)
            if (from) moves.moveTo(moving, from, to)
          }}
        />
      )}
    </>
  )
}
