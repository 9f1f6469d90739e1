import type { BoardCard } from '@ai-crm/contracts'
import { useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useMoveDeal } from '../../deals/move/use-move-deal.tsx'
import { columnQuery, type Asked } from '../board-queries.ts'
import { cardsIn } from '../column-data.ts'
import type { Refresher } from '../refresher.ts'
import { neighbours, placeIn, type Cell, type Place } from './place.ts'
import { useOptimisticMoves } from './use-optimistic-moves.ts'

export interface BoardMoves {
  move: (card: BoardCard, from: Cell, to: Cell, index: number) => void
  /** To a stage that need not be on the board. */
  moveTo: (card: BoardCard, from: Cell, to: Cell['stage']) => void
  readonly dialog: ReactNode
}

/** Moves cards at once on the screen, then on the server; what is refused goes back to where it was. */
export function useBoardMoves(asked: Asked, refresher: Refresher): BoardMoves {
  const cache = useQueryClient()
  const { ways, ...follows } = useOptimisticMoves(asked, refresher)
  const { start, dialog } = useMoveDeal(follows)
  const cardsOf = (cell: Cell) => cardsIn(cache.getQueryData(columnQuery(cell.stage.id, cell.asked).queryKey))

  const move: BoardMoves['move'] = (card, from, to, index) => {
    const source = cardsOf(from)
    const target = cardsOf(to)
    const at = source.findIndex(({ id }) => id === card.id)
    const place: Place = placeIn(to, index)
    if (from.id === to.id && (at === place.index || to.stage.kind !== 'open')) return
    ways.current.set(card.id, { from: from.asked, to: to.asked })
    const given = from.laneId === to.laneId ? null : to.laneFields
    const had = from.laneId === to.laneId ? null : from.laneFields
    const back = { ...neighbours(source, card.id, at), ...(had ? { fields: had } : {}) }
    start({ deal: card, to: to.stage, ...neighbours(target, card.id, place.index), back, ...(given ? { fields: given } : {}) })
  }
  const moveTo: BoardMoves['moveTo'] = (card, from, to) => {
    ways.current.set(card.id, { from: from.asked, to: from.asked })
    const source = cardsOf(from)
    start({
      deal: card,
      to,
      back: neighbours(
        source,
        card.id,
        source.findIndex(({ id }) => id === card.id),
      ),
    })
  }
  return { move, moveTo, dialog }
}
