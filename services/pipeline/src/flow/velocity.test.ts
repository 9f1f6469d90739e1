import { expect, it } from 'vitest'
import type { Closings } from './closings.ts'
import { velocityOf } from './velocity.ts'

const DAY_MS = 86_400_000
const closings = (over: Partial<Closings>): Closings => ({
  won: 3,
  lost: 1,
  medianMs: 30 * DAY_MS,
  p90Ms: null,
  byCurrency: [{ currency: 'EUR', wonCount: 3, wonMinor: 900, openCount: 8 }],
  ...over,
})

it('is open deals times the share that is won times what one brings, over the days until it is won', () => {
  // 8 open, 3 of 4 won, 300 each, in 30 days: 60 a day.
  expect(velocityOf(closings({}))).toEqual([{ currency: 'EUR', openCount: 8, averageWonMinor: 300, perDayMinor: 60 }])
})

it('sums no currencies: each has what its own deals bring, by the odds and the days of all', () => {
  const both = [
    { currency: 'EUR', wonCount: 2, wonMinor: 800, openCount: 4 },
    { currency: 'USD', wonCount: 1, wonMinor: 100, openCount: 0 },
  ]
  expect(velocityOf(closings({ byCurrency: both })).map(({ currency, perDayMinor }) => [currency, perDayMinor])).toEqual([
    ['EUR', 40],
    ['USD', 0],
  ])
})

it('takes a day at least, however fast deals were won', () => {
  expect(velocityOf(closings({ medianMs: 0 }))[0]?.perDayMinor).toBe(8 * 0.75 * 300)
})

it.each([
  ['nothing was won', { won: 0, medianMs: null }],
  ['nothing was won in the currency', { byCurrency: [{ currency: 'EUR', wonCount: 0, wonMinor: 0, openCount: 8 }] }],
])('says nothing where %s', (_why, over) => {
  expect(velocityOf(closings(over))).toEqual([])
})
