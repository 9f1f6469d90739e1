import fc from 'fast-check'
import { expect, it } from 'vitest'
import { chooseReplica } from './choose-replica.ts'
import { createLoadScore } from './load-score.ts'

const replica = (score: number, isEligible = true) => ({ score, isEligible })

it('chooses the less busy of two, from those that are not passed over, and never one that was tried', () => {
  const candidate = fc.record({ score: fc.nat(100), isEligible: fc.boolean() })
  fc.assert(
    fc.property(
      fc.array(candidate, { maxLength: 8 }),
      fc.array(fc.nat(7)),
      fc.infiniteStream(fc.double({ min: 0, max: 0.999, noNaN: true })),
      (all, seen, random) => {
        const tried = new Set(seen.flatMap((index) => all[index] ?? []))
        const chosen = chooseReplica(all, tried, () => random.next().value ?? 0)
        const untried = all.filter((each) => !tried.has(each))
        if (untried.length === 0) return chosen === null
        expect(untried).toContain(chosen)
        const eligible = untried.filter((each) => each.isEligible)
        if (eligible.length === 0) return true
        expect(chosen?.isEligible).toBe(true)
        // The busiest of two or more is never chosen: the other one of the pair is less busy.
        const worst = Math.max(...eligible.map(({ score }) => score))
        if (eligible.length > 1 && eligible.filter(({ score }) => score === worst).length === 1) expect(chosen?.score).toBeLessThan(worst)
        return true
      },
    ),
  )
})

it('spreads over equals', () => {
  const all = [replica(1), replica(1), replica(1)]
  const chosen = new Set(Array.from({ length: 200 }, () => chooseReplica(all, new Set())))
  expect(chosen.size).toBe(3)
})

it('takes a slow answer at its word at once, a fast one by and by, and forgets', () => {
  const clock = { ms: 0 }
  const score = createLoadScore(() => clock.ms)
  const answer = (durationMs: number) => (score.begin(), score.end(durationMs))
  answer(100)
  expect(score.value).toBe(100)
  clock.ms += 1_000
  answer(10)
  expect(score.value).toBeGreaterThan(80)
  clock.ms += 60_000
  expect(score.value).toBe(1)
  score.begin()
  expect([score.value, score.inFlight]).toEqual([2, 1])
  score.end(null)
  expect(score.inFlight).toBe(0)
})
