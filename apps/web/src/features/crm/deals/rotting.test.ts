import { expect, it } from 'vitest'
import { daysIn, isRotting } from './rotting.ts'

const now = new Date('2026-03-10T12:00:00Z')

it('counts whole days, and calls a deal rotting only past the limit of an open stage', () => {
  expect(daysIn('2026-03-09T12:00:01Z', now)).toBe(0)
  expect(daysIn('2026-03-03T12:00:00Z', now)).toBe(7)
  expect(daysIn('2026-03-10T12:00:05Z', now)).toBe(0)
  const stage = { kind: 'open', rottingDays: 7 } as const
  expect(isRotting(stage, '2026-03-03T12:00:00Z', now)).toBe(false)
  expect(isRotting(stage, '2026-03-03T11:59:59Z', now)).toBe(true)
  expect(isRotting({ ...stage, rottingDays: null }, '2020-01-01T00:00:00Z', now)).toBe(false)
  expect(isRotting({ ...stage, kind: 'won' }, '2020-01-01T00:00:00Z', now)).toBe(false)
})
