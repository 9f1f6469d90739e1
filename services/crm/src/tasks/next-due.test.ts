import type { TaskRepeat } from '@ai-crm/contracts'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { nextDue, repeatOf } from './next-due.ts'

const next = (dueAt: string, every: TaskRepeat['every'], zone = 'UTC', now = dueAt) => nextDue(dueAt, repeatOf({ every, zone }, dueAt), new Date(now))

it.each([
  ['day', '2026-11-27T09:00:00.000Z', '2026-11-28T09:00:00.000Z'],
  ['week', '2026-11-27T09:00:00.000Z', '2026-12-04T09:00:00.000Z'],
  ['month', '2026-11-27T09:00:00.000Z', '2026-12-27T09:00:00.000Z'],
  // A Friday.
  ['weekday', '2026-11-27T09:00:00.000Z', '2026-11-30T09:00:00.000Z'],
  ['weekday', '2026-11-30T09:00:00.000Z', '2026-12-01T09:00:00.000Z'],
] as const)('comes again every %s', (every, dueAt, expected) => {
  expect(next(dueAt, every)).toBe(expected)
})

it('counts days by the calendar of the zone: nine in the morning stays that when clocks change, and a weekday is one there', () => {
  expect(next('2026-03-28T08:00:00.000Z', 'day', 'Europe/Berlin')).toBe('2026-03-29T07:00:00.000Z')
  expect(next('2026-10-24T07:00:00.000Z', 'day', 'Europe/Berlin')).toBe('2026-10-25T08:00:00.000Z')
  // Thursday in London, Friday in Auckland.
  expect(next('2026-11-26T20:00:00.000Z', 'weekday', 'Pacific/Auckland')).toBe('2026-11-29T20:00:00.000Z')
  // Half past two does not come that night.
  expect(next('2026-03-28T01:30:00.000Z', 'day', 'Europe/Berlin')).toBe('2026-03-29T01:30:00.000Z')
})

it('stays the 31st after months that have none', () => {
  const january = '2026-01-31T12:00:00.000Z'
  const repeats = repeatOf({ every: 'month', zone: 'UTC' }, january)
  const february = nextDue(january, repeats, new Date(january))
  expect(february).toBe('2026-02-28T12:00:00.000Z')
  expect(nextDue(february ?? '', repeats, new Date(january))).toBe('2026-03-31T12:00:00.000Z')
})

it('skips what has passed while nobody did it', () => {
  expect(next('2026-11-02T09:00:00.000Z', 'day', 'UTC', '2026-11-27T10:00:00.000Z')).toBe('2026-11-28T09:00:00.000Z')
  expect(next('1999-01-31T09:00:00.000Z', 'month', 'UTC', '2026-11-27T10:00:00.000Z')).toBe('2026-11-30T09:00:00.000Z')
  expect(next('2026-11-01T09:00:00.000Z', 'weekday', 'UTC', '2026-11-27T10:00:00.000Z')).toBe('2026-11-30T09:00:00.000Z')
})

it('ends with the last year that dates are written of', () => {
  expect(next('9999-12-31T09:00:00.000Z', 'month')).toBeNull()
  for (const pace of ['day', 'month'] as const) expect(next('9999-12-31T23:00:00.000Z', pace, 'Pacific/Kiritimati')).toBeNull()
})

it('counts from the first years that dates are written of', () => {
  expect(next('0999-01-31T09:00:00.000Z', 'month', 'UTC', '2026-11-27T10:00:00.000Z')).toBe('2026-11-30T09:00:00.000Z')
})

it('always comes later, at the same time by the clock, and never before it is needed', () => {
  const at = fc.date({ min: new Date('1990-01-01'), max: new Date('2090-01-01'), noInvalidDate: true })
  const zone = fc.constantFrom('UTC', 'Europe/Berlin', 'America/St_Johns', 'Pacific/Kiritimati', 'Australia/Lord_Howe')
  const pace = fc.constantFrom('day' as const, 'weekday' as const, 'week' as const, 'month' as const)
  fc.assert(
    fc.property(at, at, zone, pace, (due, now, where, every) => {
      const found = next(due.toISOString(), every, where, now.toISOString())
      expect(found).not.toBeNull()
      const after = Math.max(due.getTime(), now.getTime())
      const days = { day: 1, weekday: 3, week: 7, month: 31 }[every]
      expect(Date.parse(found ?? '')).toBeGreaterThan(after)
      expect(Date.parse(found ?? '')).toBeLessThanOrEqual(after + days * 86_400_000 + 2 * 3_600_000)
    }),
  )
})
