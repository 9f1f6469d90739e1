import type { LiveUpdate } from '@ai-crm/contracts'
import { describe, expect, it } from 'vitest'
import { advance, sequenceStart, type SequenceInput, type SequenceState } from './sequence.ts'

const update = (sequence: number): LiveUpdate => ({
  sequence,
  eventId: crypto.randomUUID(),
  type: 'message.received',
  aggregate: { type: 'conversation', id: crypto.randomUUID() },
  actor: { type: 'system', id: null },
  occurredAt: '2026-01-01T00:00:00.000Z',
  refs: {},
})
const arrives = (sequence: number): SequenceInput => ({ kind: 'update', update: update(sequence) })

function run(inputs: SequenceInput[], from: SequenceState = sequenceStart) {
  let state = from
  const applied: number[] = []
  const resumes: number[] = []
  let refetches = 0
  for (const input of inputs) {
    const step = advance(state, input)
    state = step.state
    applied.push(...step.apply.map(({ sequence }) => sequence))
    if (step.resumeAfter !== null) resumes.push(step.resumeAfter)
    if (step.refetchAll) refetches += 1
  }
  return { state, applied, resumes, refetches }
}

const liveAt = (last: number): SequenceState => ({ ...sequenceStart, last })

describe('the sequence of live updates', () => {
  it('fetches everything once at the first welcome and nothing at a later one', () => {
    expect(
      run([
        { kind: 'welcome', sequence: 7 },
        { kind: 'welcome', sequence: 9 },
      ]),
    ).toMatchObject({ refetches: 1, state: { last: 7 } })
  })
  it('fetches nothing anew where the first welcome repeats what was told since', () => {
    const inputs: SequenceInput[] = [{ kind: 'welcome', sequence: 7, repeatsRecent: true }, arrives(8), { kind: 'tick', sequence: 8 }]
    expect(run(inputs)).toMatchObject({ refetches: 0, applied: [8], resumes: [], state: { last: 8 } })
  })
  it('fetches everything anew where an update outran the first welcome', () => {
    expect(run([arrives(9), { kind: 'welcome', sequence: 7, repeatsRecent: true }])).toMatchObject({ refetches: 1, state: { last: 7 } })
  })
  it('applies updates in order and ignores repeats', () => {
    expect(run([arrives(8), arrives(9), arrives(8), arrives(9), arrives(10)], liveAt(7)).applied).toEqual([8, 9, 10])
  })
  it('asks once for what a gap lacks and then applies all of it in order', () => {
    const { applied, resumes, state } = run([arrives(10), arrives(11), arrives(8), arrives(9)], liveAt(7))
    expect(resumes).toEqual([7])
    expect(applied).toEqual([8, 9, 10, 11])
    expect(state).toMatchObject({ last: 11, resumedAfter: null })
  })
  it('notices a lost last update by the tick and asks again while it stays lost', () => {
    const tick: SequenceInput = { kind: 'tick', sequence: 9 }
    expect(run([tick, tick, { kind: 'tick', sequence: 7 }], liveAt(7)).resumes).toEqual([7, 7])
  })
  it('asks again after a reconnect that happened in a gap', () => {
    expect(run([arrives(10), { kind: 'welcome', sequence: 10 }, arrives(11)], liveAt(7)).resumes).toEqual([7, 7])
  })
  it('starts over when the server resets or its numbers went back', () => {
    expect(run([{ kind: 'reset', sequence: 50 }, arrives(51)], liveAt(7))).toMatchObject({ refetches: 1, applied: [51] })
    expect(run([{ kind: 'tick', sequence: 3 }], liveAt(7))).toMatchObject({ refetches: 1, state: { last: 3 } })
  })
  it('ends where the server is, whatever is lost, repeated or reordered', () => {
    let seed = 1
    const random = () => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647
    for (let round = 0; round < 200; round += 1) {
      const sent = Array.from({ length: 30 }, (_, index) => index + 1)
      const arrived = sent.filter(() => random() > 0.3).toSorted(() => random() - 0.5)
      let { state, applied } = run(arrived.map(arrives), liveAt(0))
      for (let tries = 0; tries < 3; tries += 1) {
        const step = advance(state, { kind: 'tick', sequence: 30 })
        state = step.state
        if (step.resumeAfter === null) continue
        const again = run(sent.filter((sequence) => sequence > (step.resumeAfter ?? 0)).map(arrives), state)
        state = again.state
        applied = [...applied, ...again.applied]
      }
      expect(applied).toEqual(sent)
      expect(state).toMatchObject({ last: 30, resumedAfter: null })
      expect(state.waiting.size).toBe(0)
    }
  })
})
