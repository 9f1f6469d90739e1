import { FIRST_STAGES, type BoardCard } from '@ai-crm/contracts'
import { expect, it } from 'vitest'
import { neighbours, placeIn, type Cell } from './place.ts'

const card = (id: string): BoardCard => ({
  id,
  title: id,
  amountMinor: null,
  currency: null,
  stage: 'new',
  expectedCloseOn: null,
  companyId: null,
  companyName: null,
  tagIds: [],
  ownerId: null,
  stageEnteredAt: '2026-01-01T00:00:00.000Z',
  nextTaskDueAt: null,
  openTasks: 0,
  version: 1,
})
const cell = (kind: 'open' | 'won'): Cell => {
  const stage = FIRST_STAGES.find((one) => one.kind === kind)
  if (!stage) throw new Error('There is one of each kind.')
  return { id: stage.id, stage: { ...stage, pipeline: null }, asked: {}, wholeAsked: {}, laneFields: null, laneId: null }
}

it('names the card above, and nothing for the top', () => {
  const cards = ['a', 'b', 'c'].map(card)
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
