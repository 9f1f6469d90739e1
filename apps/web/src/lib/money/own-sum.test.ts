import { expect, it } from 'vitest'
import { ownSumOf } from './own-sum.ts'

const usd = { currency: 'USD', on: '2026-11-01', rate: '0.5' }
const yen = { currency: 'JPY', on: '2026-11-02', rate: '0.006' }

it('adds up what has a rate, rounds once, and leaves the rest apart', () => {
  const sums = [
    { currency: 'USD', amountMinor: 1 },
    { currency: 'JPY', amountMinor: 1_000 },
    { currency: 'EUR', amountMinor: 10_00 },
    { currency: 'CHF', amountMinor: 7_00 },
  ]
  expect(ownSumOf(sums, { currency: 'EUR', rates: [usd, yen] })).toEqual({
    total: { currency: 'EUR', amountMinor: 16_01 },
    parts: [
      { money: sums[2], rate: null, inOwn: { currency: 'EUR', amountMinor: 10_00 } },
      { money: sums[1], rate: yen, inOwn: { currency: 'EUR', amountMinor: 6_00 } },
      { money: sums[0], rate: usd, inOwn: { currency: 'EUR', amountMinor: 1 } },
    ],
    apart: [sums[3]],
  })
})

it('tells nothing where no currency is chosen, nor zero where no rate is known', () => {
  const sums = [{ currency: 'USD', amountMinor: 1 }]
  expect(ownSumOf(sums, { currency: null, rates: [] })).toBeNull()
  expect(ownSumOf(sums, { currency: 'EUR', rates: [yen] })).toBeNull()
})
