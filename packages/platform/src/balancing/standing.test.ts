import { expect, it } from 'vitest'
import { createStanding } from './standing.ts'

function prepare() {
  const clock = { ms: 0 }
  const standing = createStanding(() => clock.ms)
  const ask = (outcome: 'good' | 'bad' | 'away') => {
    standing.begin()
    if (outcome === 'good') standing.succeeded()
    else standing.failed(outcome === 'away')
  }
  return { clock, standing, ask }
}

it('passes a replica over at once when it refuses connections, and after three failures in a row', () => {
  const refusing = prepare()
  refusing.ask('away')
  expect(refusing.standing.isEligible).toBe(false)
  const failing = prepare()
  for (const outcome of ['bad', 'bad', 'good', 'bad', 'bad'] as const) failing.ask(outcome)
  expect(failing.standing.isEligible).toBe(true)
  failing.ask('bad')
  expect(failing.standing.isEligible).toBe(false)
})

it('lets one request at a time find out whether it is well again', () => {
  const { clock, standing, ask } = prepare()
  ask('away')
  clock.ms = 1_000
  expect(standing.isEligible).toBe(true)
  standing.begin()
  expect(standing.isEligible).toBe(false)
  standing.succeeded()
  standing.begin()
  expect(standing.isEligible).toBe(true)
})

it('waits twice as long with every return in vain, at most 30 s, and forgets it with a success', () => {
  const { clock, standing, ask } = prepare()
  ask('away')
  for (const waitMs of [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]) {
    clock.ms += waitMs - 1
    expect(standing.isEligible).toBe(false)
    clock.ms += 1
    expect(standing.isEligible).toBe(true)
    ask('bad')
  }
  clock.ms += 30_000
  ask('good')
  ask('away')
  clock.ms += 1_000
  expect(standing.isEligible).toBe(true)
})

it('does not count what was under way when it went out', () => {
  const { clock, standing } = prepare()
  for (let index = 0; index < 20; index++) standing.begin()
  for (let index = 0; index < 20; index++) standing.failed(true)
  clock.ms = 1_000
  expect(standing.isEligible).toBe(true)
})
