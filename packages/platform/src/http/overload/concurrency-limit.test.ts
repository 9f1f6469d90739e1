import { expect, it } from 'vitest'
import { createConcurrencyLimit } from './concurrency-limit.ts'

function prepare() {
  const clock = { ms: 0 }
  const limit = createConcurrencyLimit({ min: 8, max: 100, now: () => clock.ms })
  /** One window of answers, each this slow. */
  const window = (durationMs: number, running: number, isPressed = false) => {
    if (isPressed) limit.press()
    for (let answer = 0; answer < 40; answer++) limit.record('read', durationMs, running)
    clock.ms += 300
    limit.record('read', durationMs, running)
  }
  return { limit, window }
}

it('shrinks while operations are much slower than when calm, down to its minimum', () => {
  const { limit, window } = prepare()
  window(20, 1)
  expect(limit.value).toBe(100)
  window(200, 90)
  expect(limit.value).toBe(80)
  for (let round = 0; round < 30; round++) window(500, 90)
  expect(limit.value).toBe(8)
})

it('grows again by steps while somebody is held back, and not beyond its maximum', () => {
  const { limit, window } = prepare()
  window(20, 1)
  window(200, 90)
  window(200, 90)
  const shrunk = limit.value
  window(30, 60)
  expect(limit.value).toBe(shrunk)
  window(30, 60, true)
  expect(limit.value).toBe(shrunk + 4)
  for (let round = 0; round < 50; round++) window(30, 60, true)
  expect(limit.value).toBe(100)
})

it('does not shrink for what its own requests cannot cause: few of its slots are in use', () => {
  const { limit, window } = prepare()
  window(20, 1)
  for (let round = 0; round < 10; round++) window(900, 40)
  expect(limit.value).toBe(100)
})

it('begins where it is told to', () => {
  const limit = createConcurrencyLimit({ min: 8, first: 32, max: 100 })
  expect(limit.value).toBe(32)
})

it('takes what is slow by itself for no overload', () => {
  const { limit, window } = prepare()
  window(90, 1)
  for (let round = 0; round < 10; round++) window(95, 90)
  expect(limit.value).toBe(100)
})

it('never takes an overload at the start for normal', () => {
  const { limit, window } = prepare()
  window(2_000, 100)
  expect(limit.value).toBe(80)
})

it('looks at the slowest of twenty, not at the average', () => {
  const { limit, window } = prepare()
  window(20, 1)
  for (let answer = 0; answer < 60; answer++) limit.record('read', 20, 90)
  for (let answer = 0; answer < 12; answer++) limit.record('read', 900, 90)
  window(20, 90)
  expect(limit.value).toBe(80)
})
