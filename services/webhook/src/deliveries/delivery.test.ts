import { expect, it } from 'vitest'
import { nextAttemptAt, readRetryAfter } from './delivery.ts'

const start = new Date('2026-03-01T00:00:00Z')
const HOUR = 3_600_000
const giveUpAt = new Date(start.getTime() + 72 * HOUR)

it('tries at growing distances for 72 hours, the last time at their very end', () => {
  for (const random of [0, 0.999]) {
    const times: number[] = []
    let now = start
    for (let roundAttempts = 1; ; roundAttempts += 1) {
      const next = nextAttemptAt({ roundAttempts, giveUpAt, retryAfterMs: 0 }, now, () => random)
      if (!next) break
      times.push((next.getTime() - now.getTime()) / 1000)
      now = next
    }
    expect(times.length).toBeGreaterThanOrEqual(8)
    expect(times[0]).toBeGreaterThanOrEqual(5)
    expect(times[0]).toBeLessThan(6)
    expect(times[1]).toBeGreaterThanOrEqual(300)
    expect(now).toEqual(giveUpAt)
  }
})

it('waits as long as the receiver asks, up to a day, and never beyond the end', () => {
  const after = (retryAfterMs: number, now = start) => nextAttemptAt({ roundAttempts: 1, giveUpAt, retryAfterMs }, now, () => 0)?.getTime()
  expect(after(60_000)).toBe(start.getTime() + 60_000)
  expect(after(1_000)).toBe(start.getTime() + 5_000)
  expect(after(1_000 * HOUR)).toBe(start.getTime() + 24 * HOUR)
  expect(after(10 * HOUR, new Date(giveUpAt.getTime() - HOUR))).toBe(giveUpAt.getTime())
})

it('reads Retry-After as seconds and as a date', () => {
  expect(readRetryAfter('120', start)).toBe(120_000)
  expect(readRetryAfter('Sun, 01 Mar 2026 00:01:00 GMT', start)).toBe(60_000)
  expect(readRetryAfter('Sat, 28 Feb 2026 00:01:00 GMT', start)).toBe(0)
  expect(readRetryAfter('soon', start)).toBe(0)
  expect(readRetryAfter(undefined, start)).toBe(0)
})
