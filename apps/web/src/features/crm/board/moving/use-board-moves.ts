import type { BoardCard } from '@ai-crm/contracts'
import { useQueryClient } from '@tanstack/react-query'
import { useRef, type ReactNode } from 'react'
import type { MoveFields } from '../../deals/move/demanded-form.ts'
import { useMoveDeal, type Move } from '../../deals/move/use-move-deal.tsx'
import { columnQuery, type Asked } from '../board-queries.ts'
import { cardsIn, withCard, withoutCard } from '../column-data.ts'
import type { Refresher } from '../refresher.ts'
import { neighbours, placeIn, type Cell, type Place } from './place.ts'

export interface BoardMoves {
  move: (card: BoardCard, from: Cell, to: Cell, index: number) => void
  /** To a stage that need not be on the board. */
  moveTo: (card: BoardCard, from: Cell, to: Cell['stage']) => void
  readonly dialog: ReactNode
}

interface Way {
  readonly from: Asked
  readonly to: Asked
}

/** Moves cards at once on the screen, then on the server; what is refused goes back to where it was. */
export function useBoardMoves(asked: Asked, refresher: Refresher): BoardMoves {
  const cache = useQueryClient()
  const ways = useRef(new Map<string, Way>())
  const places = useRef(new Map<string, { card: BoardCard; index: number }>())
  const keyOf = (stage: string, of: Asked) => columnQuery(stage, of).queryKey
  const wayOf = (move: Move): Way => ways.current.get(move.deal.id) ?? { from: asked, to: asked }

  const onStart = (move: Move) => {
    refresher.hold()
    const way = wayOf(move)
    const [fromKey, toKey] = [keyOf(move.deal.stage, way.from), keyOf(move.to.id, way.to)]
    void cache.cancelQueries({ queryKey: ['crm', 'board-column'] })
    const before = cardsIn(cache.getQueryData(fromKey))
    const index = before.findIndex(({ id }) => id === move.deal.id)
    const card = before[index]
    if (!card) return
    places.current.set(move.deal.id, { card, index })
    cache.setQueryData(fromKey, (data) => data && withoutCard(data, card))
    const moved = move.deal.stage === move.to.id ? card : { ...card, stage: move.to.id, stageEnteredAt: new Date().toISOString() }
    cache.setQueryData(toKey, (data) => data && withCard(data, moved, cardsIn(data).findIndex(({ id }) => id === move.afterId) + 1))
  }
  const onFail = (move: Move) => {
    const way = wayOf(move)
    const known = places.current.get(move.deal.id)
    if (known) {
      cache.setQueryData(keyOf(move.to.id, way.to), (data) => data && withoutCard(data, known.card))
      cache.setQueryData(keyOf(move.deal.stage, way.from), (data) => data && withCard(data, known.card, known.index))
    }
    refresher.release()
    refresher.hear([move.deal.id])
  }
  const onDone = (move: Move) => {
    ways.current.delete(move.deal.id)
    places.current.delete(move.deal.id)
    refresher.release()
    refresher.hear([move.deal.id])
  }
  const { start, dialog } = useMoveDeal({ onStart, onFail, onDone })

  const move: BoardMoves['move'] = (card, from, to, index) => {
    const source = cardsIn(cache.getQueryData(keyOf(from.stage.id, from.asked)))
    const target = cardsIn(cache.getQueryData(keyOf(to.stage.id, to.asked)))
    const at = source.findIndex(({ id }) => id === card.id)
    const place: Place = placeIn(to, index)
    if (from.id === to.id && (at === place.index || to.stage.kind !== 'open')) return
    ways.current.set(card.id, { from: from.asked, to: to.asked })
    const fields: { fields?: MoveFields } = from.laneId !== to.laneId && to.laneFields ? { fields: to.laneFields } : {}
    start({ deal: card, to: to.stage, ...neighbours(target, card.id, place.index), back: neighbours(source, card.id, at), ...fields })
  }
  const moveTo: BoardMoves['moveTo'] = (card, from, to) => {
    ways.current.set(card.id, { from: from.asked, to: from.asked })
    const source = cardsIn(cache.getQueryData(keyOf(from.stage.id, from.asked)))
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
