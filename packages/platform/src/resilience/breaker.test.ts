import { expect, it } from 'vitest'
import { createBreaker, type BreakerOptions, type BreakerState } from './breaker.ts'

function prepare(options: BreakerOptions = {}) {
  const clock = { ms: 0 }
  const entered: BreakerState[] = []
  const breaker = createBreaker({ onEnter: (state) => entered.push(state), now: () => clock.ms, ...options })
  const call = (isGood: boolean) => {
    const admission = breaker.admit()
    if (!admission) return 'refused'
    if (isGood) admission.succeeded()
    else admission.failed()
    return 'admitted'
  }
  const calls = (count: number, isGood: boolean) => Array.from({ length: count }, () => call(isGood))
  return { clock, entered, breaker, call, calls }
}
const open = () => {
  const all = prepare()
  all.calls(20, false)
  expect(all.breaker.state).toBe('open')
  return all
}

it('opens at 20 calls in 10 s of which half failed, not before', () => {
  const { breaker, calls } = prepare()
  calls(10, true)
  calls(9, false)
  expect(breaker.state).toBe('closed')
  calls(1, false)
  expect(breaker.state).toBe('open')
})

it('forgets calls that are older than 10 s', () => {
  const { breaker, calls, clock } = prepare()
  calls(19, false)
  clock.ms = 11_000
  calls(1, false)
  expect(breaker.state).toBe('closed')
})

it('stays closed while most calls succeed', () => {
  const { breaker, calls } = prepare()
  for (let round = 0; round < 100; round++) {
    calls(6, true)
    calls(5, false)
  }
  expect(breaker.state).toBe('closed')
})

it('lets three probes through after its time and closes with three successes', () => {
  const { breaker, clock, entered, call } = open()
  expect(call(true)).toBe('refused')
  clock.ms = 12_001
  const probes = [breaker.admit(), breaker.admit(), breaker.admit()]
  expect(probes).not.toContain(null)
  expect(breaker.admit()).toBeNull()
  for (const probe of probes) probe?.succeeded()
  expect(entered).toEqual(['open', 'half-open', 'closed'])
})

it('opens again with the first probe that fails', () => {
  const { breaker, clock, call } = open()
  clock.ms = 12_001
  call(true)
  call(false)
  expect(breaker.state).toBe('open')
  expect(call(true)).toBe('refused')
})

it('gives the place of an abandoned probe to the next', () => {
  const { breaker, clock } = open()
  clock.ms = 12_001
  const probes = [breaker.admit(), breaker.admit(), breaker.admit()]
  probes[0]?.abandoned()
  expect(breaker.admit()).not.toBeNull()
})

it('does not let a late result of a closed time close or open it', () => {
  const { breaker, clock, calls } = prepare()
  const late = breaker.admit()
  calls(20, false)
  clock.ms = 12_001
  breaker.admit()
  late?.failed()
  expect(breaker.state).toBe('half-open')
})

it('opens after the given number of failures in a row, however slow they come, and rests as long as it is told', () => {
  const { breaker, clock, call, calls } = prepare({ failuresInARow: 3, restMs: 1_000 })
  for (const isGood of [false, false, true, false, false]) {
    call(isGood)
    clock.ms += 60_000
  }
  expect(breaker.state).toBe('closed')
  calls(1, false)
  expect(breaker.state).toBe('open')
  clock.ms += 999
  expect(call(true)).toBe('refused')
  clock.ms += 202
  expect(call(true)).toBe('admitted')
})
