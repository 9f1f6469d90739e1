import type { BoardCard } from '@ai-crm/contracts'
import type { PlacedStage } from '../../../../lib/pipelines/stages.ts'
import type { Asked } from '../board-queries.ts'
import type { MoveFields } from '../../deals/move/demanded-form.ts'

/** A stage of the board, of one lane where there are lanes. */
export interface Cell {
  readonly id: string
  readonly stage: PlacedStage
  readonly asked: Asked
  /** Of the stage over all lanes. */
  readonly wholeAsked: Asked
  /** What a deal that comes from another lane gets; null: it may not come. */
  readonly laneFields: MoveFields | null
  readonly laneId: string | null
}

/** The how manieth of the cards of a cell, the moved one not counted. */
export interface Place {
  readonly cellId: string
  readonly index: number
}

/** Cards that are won or lost stand as they were decided, the last on top: there is no other place. */
export const placeIn = (cell: Cell, index: number): Place => ({ cellId: cell.id, index: cell.stage.kind === 'open' ? Math.max(0, index) : 0 })

/** Where a card stands between its neighbours, as a move says it. */
export function neighbours(cards: readonly BoardCard[], cardId: string, index: number): { beforeId: null; afterId: string | null } {
  const others = cards.filter(({ id }) => id !== cardId)
  return { beforeId: null, afterId: index > 0 ? (others[Math.min(index, others.length) - 1]?.id ?? null) : null }
}
