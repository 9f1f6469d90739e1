import type { BoardCard } from '@ai-crm/contracts'
import { useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import type { Move } from '../../deals/move/moves.ts'
import { columnQuery, type Asked } from '../board-queries.ts'
import { cardsIn, withCard, withoutCard } from '../column-data.ts'
import type { Refresher } from '../refresher.ts'

/** Of which lanes the columns are between which a card moves. */
export interface Way {
  readonly from: Asked
  readonly to: Asked
}

const keyOf = (stage: string, of: Asked) => columnQuery(stage, of).queryKey

/** Shows moves before the server has answered, and takes back those that it refuses. */
export function useOptimisticMoves(asked: Asked, refresher: Refresher) {
  const cache = useQueryClient()
  const ways = useRef(new Map<string, Way>())
  const places = useRef(new Map<string, { card: BoardCard; index: number }>())
  const wayOf = (move: Move): Way => ways.current.get(move.deal.id) ?? { from: asked, to: asked }

  const keysOf = (move: Move) => {
    const { from, to } = wayOf(move)
    return { fromKey: keyOf(move.deal.stage, from), toKey: keyOf(move.to.id, to) }
  }
  const look = (move: Move) => {
    // Fetched anew by the refresher, once no card is on its way: the columns between which it went, whose fetches it may have broken off.
    const { fromKey, toKey } = keysOf(move)
    for (const queryKey of [fromKey, toKey]) void cache.invalidateQueries({ queryKey, exact: true, refetchType: 'none' })
    void cache.invalidateQueries({ queryKey: ['crm', 'board-lanes'], refetchType: 'none' })
    refresher.release()
    refresher.hear([move.deal.id])
  }

  const onStart = (move: Move) => {
    refresher.hold()
    const { fromKey, toKey } = keysOf(move)
    for (const queryKey of [fromKey, toKey]) void cache.cancelQueries({ queryKey, exact: true })
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
    const { fromKey, toKey } = keysOf(move)
    const known = places.current.get(move.deal.id)
    if (known) {
      cache.setQueryData(toKey, (data) => data && withoutCard(data, known.card))
      cache.setQueryData(fromKey, (data) => data && withCard(data, known.card, known.index))
    }
    look(move)
  }
  const onDone = (move: Move) => {
    look(move)
    const { from, to } = wayOf(move)
    // Undo goes the other way.
    ways.current.set(move.deal.id, { from: to, to: from })
    places.current.delete(move.deal.id)
  }
  return { ways, onStart, onFail, onDone }
}
