import { listFailpoints } from '@ai-crm/platform'
import { expect, it } from 'vitest'
import { DEPARTURE, namesInChains, UNDONE_FOUNDING } from './chains.ts'

it('has a chain for every point that is registered, and none for what is not', () => {
  expect([...namesInChains()].toSorted()).toEqual(
    listFailpoints()
      .map(({ name }) => name)
      .toSorted(),
  )
})

it('dies on both sides of every compensation of a founding', () => {
  for (const step of ['messaging.open-channel', 'ai.prepare-settings'])
    for (const point of ['saga.asked', 'saga.effected']) expect(UNDONE_FOUNDING).toContain(`${point}:undo ${step}`)
  expect(DEPARTURE.some((point) => point.startsWith('erasure.batch-committed:'))).toBe(true)
})
