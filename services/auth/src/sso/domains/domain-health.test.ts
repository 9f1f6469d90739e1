import { expect, it } from 'vitest'
import { isWorthWarning, judge, lapsesAt, type Health } from './domain-health.ts'

const GRACE_DAYS = 7
const start = new Date('2026-11-26T12:00:00Z')
const SOUND: Health = { proofFailures: 0, proofFailingSince: null }
const hours = (from: Date, to: Date) => (to.getTime() - from.getTime()) / 3_600_000

/** Days of definite answers without the record, each look when the one before it says. */
function miss(graceDays = GRACE_DAYS) {
  let health = SOUND
  let now = start
  const warnings: Date[] = []
  for (let looks = 1; looks < 100; looks++) {
    const verdict = judge(health, false, now, graceDays)
    if (isWorthWarning(health, verdict)) warnings.push(now)
    if (verdict.hasLapsed) return { looks, warnings, lapsedAt: now }
    health = { proofFailures: verdict.failures, proofFailingSince: verdict.failingSince }
    now = verdict.nextAt
  }
  throw new Error('It never lapses.')
}

it('looks daily while all is well, and forgets misses when the record is back', () => {
  const verdict = judge({ proofFailures: 4, proofFailingSince: start }, true, start, GRACE_DAYS)
  expect(verdict).toMatchObject({ failures: 0, failingSince: null, hasLapsed: false })
  expect(hours(start, verdict.nextAt)).toBe(24)
})

it('lapses after the whole grace only, warns once and days before', () => {
  const { lapsedAt, warnings, looks } = miss()
  expect(lapsedAt.getTime()).toBeGreaterThanOrEqual(lapsesAt(start, GRACE_DAYS).getTime())
  expect(hours(lapsesAt(start, GRACE_DAYS), lapsedAt)).toBeLessThanOrEqual(24)
  expect(warnings.map((at) => hours(start, at))).toEqual([1])
  expect(looks).toBeGreaterThanOrEqual(5)
})

it('lapses after several looks only, however short the grace', () => {
  expect(miss(0).looks).toBe(5)
})

it('learns nothing from name servers that do not answer, for years', () => {
  const failing: Health = { proofFailures: 9, proofFailingSince: start }
  const verdict = judge(failing, null, new Date('2030-01-01T00:00:00Z'), GRACE_DAYS)
  expect(verdict).toMatchObject({ failures: 9, failingSince: start, hasLapsed: false })
})
