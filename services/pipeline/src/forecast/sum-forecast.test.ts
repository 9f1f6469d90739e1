import { expect, it } from 'vitest'
import { monthsFrom } from './get-forecast.ts'
import { sumForecast, type Counted } from './sum-forecast.ts'
import { nextMonday } from './take-snapshots.ts'

const odds = [
  { stage: 'new', probability: 10, decided: 20, won: 5, empirical: 0.25 },
  { stage: 'proposal', probability: 50, decided: 2, won: 2, empirical: null },
]
const counted: Counted = {
  odds,
  currency: 'EUR',
  rates: [
    { currency: 'USD', on: '2026-01-01', rate: '0.9' },
    { currency: 'JPY', on: '2026-01-01', rate: '0.006' },
  ],
  parts: ['2026-01', '2026-02'],
  open: [
    { part: '2026-01', currency: 'EUR', stage: 'new', count: 2, amountMinor: 1000_00 },
    { part: '2026-01', currency: 'EUR', stage: 'proposal', count: 1, amountMinor: 500_00 },
    { part: '2026-01', currency: 'JPY', stage: 'proposal', count: 1, amountMinor: 100_000 },
  ],
  won: [
    { part: '2026-01', currency: 'USD', rate: 0.8, count: 1, amountMinor: 100_00 },
    { part: '2026-01', currency: 'USD', rate: 0.7, count: 1, amountMinor: 100_00 },
  ],
}

it('weighs open amounts by what the pipeline says and by what was shown, where enough deals have shown it', () => {
  const [first, second] = sumForecast(counted)
  expect(first?.lines).toEqual([
    { currency: 'EUR', wonCount: 0, openCount: 3, wonMinor: 0, openMinor: 1500_00, weightedMinor: 350_00, empiricalMinor: 500_00 },
    { currency: 'JPY', wonCount: 0, openCount: 1, wonMinor: 0, openMinor: 100_000, weightedMinor: 50_000, empiricalMinor: 50_000 },
    { currency: 'USD', wonCount: 2, openCount: 0, wonMinor: 200_00, openMinor: 0, weightedMinor: 0, empiricalMinor: 0 },
  ])
  expect(second).toEqual({ part: '2026-02', lines: [], total: { wonMinor: 0, openMinor: 0, weightedMinor: 0, empiricalMinor: 0 } })
})

it('tells all in one currency: what was won at the rate of its day, what is open at today’s, with the digits that each has', () => {
  const [first] = sumForecast(counted)
  // 100 USD at 0.8 and 0.7; 100,000 JPY, which has no cents, at 0.006.
  expect(first?.total).toEqual({ wonMinor: 150_00, openMinor: 1500_00 + 600_00, weightedMinor: 350_00 + 300_00, empiricalMinor: 500_00 + 300_00 })
})

it('tells no total where a rate is missing, and needs no rate of today for what was won before', () => {
  expect(sumForecast({ ...counted, rates: counted.rates.slice(0, 1) })[0]?.total).toBeNull()
  expect(sumForecast({ ...counted, rates: counted.rates.slice(1) })[0]?.total).not.toBeNull()
  expect(sumForecast({ ...counted, won: [{ part: '2026-01', currency: 'USD', rate: null, count: 1, amountMinor: 1 }] })[0]?.total).toBeNull()
  expect(sumForecast({ ...counted, currency: null })[0]?.total).toBeNull()
})

it('begins with the month that it is in the zone', () => {
  const newYear = new Date('2026-12-31T23:30:00Z')
  expect(monthsFrom(newYear, { months: 2, zone: 'UTC' })).toEqual(['2026-12', '2027-01'])
  expect(monthsFrom(newYear, { months: 2, zone: 'Europe/Moscow' })).toEqual(['2027-01', '2027-02'])
  expect(monthsFrom(newYear, { months: 1, zone: 'Europe/Moscow' }, '2026-11')).toEqual(['2026-11', '2026-12', '2027-01'])
  expect(monthsFrom(newYear, { months: 1, zone: 'UTC' }, '2027-02')).toEqual(['2026-12'])
})

it.each([
  ['2026-11-27T06:00:00Z', '2026-11-30'],
  ['2026-11-30T00:00:00Z', '2026-12-07'],
  ['2026-11-29T23:59:59Z', '2026-11-30'],
])('after %s keeps the next forecast on %s', (now, monday) => {
  expect(nextMonday(new Date(now)).toISOString()).toBe(`${monday}T00:00:00.000Z`)
})
