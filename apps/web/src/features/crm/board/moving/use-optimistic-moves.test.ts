import type { BoardCard, BoardColumn } from '@ai-crm/contracts'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createElement } from 'react'
import { renderToString } from 'react-dom/server'
import { expect, it } from 'vitest'
import { removedStage } from '../../../../lib/pipelines/stages.ts'
import { columnQuery } from '../board-queries.ts'
import { cardOf } from '../card-fixture.ts'
import { cardsIn, type ColumnData } from '../column-data.ts'
import type { Refresher } from '../refresher.ts'
import { useOptimisticMoves } from './use-optimistic-moves.ts'

const card = cardOf('a')
const column = (stage: string, ...cards: BoardCard[]): ColumnData => {
  const page: BoardColumn = { stage, totals: { count: cards.length, sums: [] }, cards, nextCursor: null }
  return { pages: [page], pageParams: [''] }
}
const refresher: Refresher = { hear: () => undefined, hold: () => undefined, release: () => undefined, stop: () => undefined }
const keyOf = (stage: string) => columnQuery(stage, {}).queryKey
const ids = (cache: QueryClient, stage: string) => cardsIn(cache.getQueryData(keyOf(stage))).map(({ id }) => id)

function movesIn(client: QueryClient) {
  const drawn: ReturnType<typeof useOptimisticMoves>[] = []
  const Board = () => {
    drawn.push(useOptimisticMoves({}, refresher))
    return null
  }
  renderToString(createElement(QueryClientProvider, { client }, createElement(Board)))
  const [moves] = drawn
  if (!moves) throw new Error('not drawn')
  return moves
}

it('breaks off only what is fetched of the two columns of a move, and has them fetched anew', () => {
  const cache = new QueryClient()
  for (const stage of ['new', 'won', 'other']) {
    cache.setQueryData(keyOf(stage), column(stage, ...(stage === 'new' ? [card] : [])))
    void cache.fetchQuery({ queryKey: keyOf(stage), queryFn: () => new Promise<ColumnData>(() => undefined) }).catch(() => undefined)
  }
  const moves = movesIn(cache)
  const move = { deal: card, to: removedStage('won', 'Won') }
  moves.onStart(move)
  expect(['new', 'won', 'other'].map((stage) => cache.getQueryState(keyOf(stage))?.fetchStatus)).toEqual(['idle', 'idle', 'fetching'])
  expect([ids(cache, 'new'), ids(cache, 'won')]).toEqual([[], ['a']])
  moves.onDone(move)
  expect(['new', 'won', 'other'].map((stage) => cache.getQueryState(keyOf(stage))?.isInvalidated)).toEqual([true, true, false])
  cache.clear()
})

it('puts a refused card back to where it was', () => {
  const cache = new QueryClient()
  cache.setQueryData(keyOf('new'), column('new', { ...card, id: 'b' }, card))
  cache.setQueryData(keyOf('won'), column('won'))
  const moves = movesIn(cache)
  const move = { deal: card, to: removedStage('won', 'Won') }
  moves.onStart(move)
  moves.onFail(move)
  expect([ids(cache, 'new'), ids(cache, 'won')]).toEqual([['b', 'a'], []])
  cache.clear()
})
