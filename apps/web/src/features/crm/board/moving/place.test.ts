import { FIRST_STAGES } from '@ai-crm/contracts'
import { expect, it } from 'vitest'
import { cardOf } from '../card-fixture.ts'
import { neighbours, placeIn, type Cell } from './place.ts'

const cell = (kind: 'open' | 'won'): Cell => {
  const stage = FIRST_STAGES.find((one) => one.kind === kind)
  if (!stage) throw new Error('There is one of each kind.')
  return { id: stage.id, stage: { ...stage, pipeline: null }, asked: {}, wholeAsked: {}, laneFields: null, laneId: null }
}

it('names the card above, and nothing for the top', () => {
  const cards = ['a', 'b', 'c'].map((id) => cardOf(id))
  expect(neighbours(cards, 'x', 0).afterId).toBeNull()
  expect(neighbours(cards, 'x', 2).afterId).toBe('b')
  expect(neighbours(cards, 'x', 9).afterId).toBe('c')
  // The moved card is no neighbour of its own.
  expect(neighbours(cards, 'a', 1).afterId).toBe('b')
  expect(neighbours([], 'x', 3).afterId).toBeNull()
})

it('puts what is decided on top, wherever it is let go', () => {
  expect(placeIn(cell('open'), 3).index).toBe(3)
  expect(placeIn(cell('won'), 3).index).toBe(0)
})
