import { expect, it } from 'vitest'
import { createRetryBudget } from './retry-budget.ts'

it('allows a burst of repeats, then no more than one for ten requests', () => {
  const budget = createRetryBudget()
  let repeats = 0
  for (let request = 0; request < 1_000; request++) {
    budget.earn()
    if (budget.spend()) repeats++
  }
  expect(repeats).toBeGreaterThanOrEqual(100)
  expect(repeats).toBeLessThanOrEqual(121)
})
