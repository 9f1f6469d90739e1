import type { Priority } from '@ai-crm/contracts'
import { expect, it } from 'vitest'
import { createAdmission, type Visit } from './admission.ts'

function prepare(slots = 8) {
  const clock = { ms: 0 }
  const admission = createAdmission({ slots: () => slots, now: () => clock.ms })
  const fates = new Map<string, string>()
  const visits = new Map<string, Visit | null>()
  const arrive = (name: string, priority: Priority = 'write', source = name, patienceMs = 1_000) => {
    const visit = admission.arrive({
      priority,
      source,
      patienceMs: () => patienceMs,
      run: () => fates.set(name, 'runs'),
      refuse: (reason) => fates.set(name, reason),
    })
    visits.set(name, visit)
    return fates.get(name) ?? 'waits'
  }
  const fill = (count: number, priority: Priority, source?: string) =>
    Array.from({ length: count }, (_, index) => (fates.delete(`${source ?? priority}-${index}`), arrive(`${source ?? priority}-${index}`, priority, source)))
  return { clock, admission, fates, arrive, fill, leave: (name: string) => visits.get(name)?.leave() }
}

it('takes bulk to half of the slots, reads to three quarters, writes to nine tenths, and what is vital always', () => {
  const { fill, arrive } = prepare(20)
  fill(10, 'bulk')
  expect(arrive('b', 'bulk')).toBe('waits')
  fill(5, 'read')
  expect(arrive('r', 'read')).toBe('waits')
  fill(3, 'write')
  expect(arrive('w', 'write')).toBe('waits')
  expect(fill(2, 'vital')).toEqual(['runs', 'runs'])
  expect(arrive('v', 'vital')).toBe('waits')
})

it('lets a burst wait, also where slots are few: nobody is refused who is served before a burst is over', () => {
  const { fill, arrive, fates, leave, clock, admission } = prepare(4)
  fill(4, 'vital')
  const burst = Array.from({ length: 64 }, (_, index) => `r${index}`)
  for (const name of burst) expect(arrive(name, 'read')).toBe('waits')
  expect(arrive('beyond', 'read')).toBe('full')
  clock.ms = 149
  admission.sweep()
  for (let index = 0; index < 4; index++) leave(`vital-${index}`)
  for (const name of burst) leave(name)
  expect(burst.map((name) => fates.get(name))).toEqual(burst.map(() => 'runs'))
  expect(admission.waiting).toBe(0)
})

it('lets wait no more than there are slots, and for a moment, where somebody has been waiting without a break', () => {
  const { clock, admission, fill, arrive, fates, leave } = prepare(4)
  fill(4, 'vital')
  arrive('first', 'read', 'a', 10_000)
  clock.ms = 100
  for (const name of ['r1', 'r2', 'r3']) arrive(name, 'read')
  clock.ms = 151
  admission.sweep()
  expect(fates.get('first')).toBe('late')
  expect(arrive('r4', 'read')).toBe('waits')
  expect(arrive('r5', 'read')).toBe('full')
  clock.ms = 176
  admission.sweep()
  expect([fates.get('r4'), fates.get('r1')]).toEqual(['late', undefined])
  for (const name of ['vital-0', 'vital-1', 'vital-2', 'vital-3', 'r1', 'r2', 'r3']) leave(name)
  expect(admission.waiting).toBe(0)
  // Somebody was refused lately: nobody is let wait for as long as a burst lasts.
  fill(4, 'vital')
  arrive('soon', 'read')
  clock.ms = 201
  admission.sweep()
  expect(fates.get('soon')).toBe('late')
  clock.ms = 2_202
  arrive('later', 'read')
  clock.ms = 2_340
  admission.sweep()
  expect(fates.get('later')).toBeUndefined()
})

it('gives a place of a full room to who is more important', () => {
  const { admission, fill, arrive, fates } = prepare(4)
  fill(4, 'vital')
  for (let index = 0; index < 64; index++) arrive(`r${index}`, 'read')
  expect(arrive('w', 'write')).toBe('waits')
  expect([...fates.values()].filter((fate) => fate === 'displaced')).toHaveLength(1)
  expect(arrive('b', 'bulk')).toBe('full')
  expect(admission.waiting).toBe(64)
})

it('gives a free slot to the most important, in the order of arrival', () => {
  const { fill, arrive, fates, leave } = prepare(4)
  fill(4, 'vital')
  arrive('read', 'read')
  arrive('first', 'write')
  arrive('second', 'write')
  leave('vital-0')
  expect([fates.get('first'), fates.get('second'), fates.get('read')]).toEqual(['runs', undefined, undefined])
})

it('refuses who has waited for its moment, and nobody who was in time', () => {
  const { admission, clock, fill, arrive, fates, leave } = prepare(4)
  fill(4, 'vital')
  arrive('hasty', 'write', 'a', 10)
  arrive('patient', 'write', 'b')
  clock.ms = 10
  admission.sweep()
  expect([fates.get('hasty'), fates.get('patient')]).toEqual(['late', undefined])
  leave('vital-0')
  expect(fates.get('patient')).toBe('runs')
  clock.ms = 100
  admission.sweep()
  expect(fates.get('patient')).toBe('runs')
})

it('does not begin with what has waited for too long, when a slot comes free before the sweep', () => {
  const { clock, fill, arrive, fates, leave } = prepare(4)
  fill(4, 'vital')
  arrive('hasty', 'write', 'a', 10)
  arrive('patient', 'write', 'b')
  clock.ms = 10
  leave('vital-0')
  expect([fates.get('hasty'), fates.get('patient')]).toEqual(['late', 'runs'])
})

it('gives one source no more than half of the slots while others ask, and all of them when it is alone', () => {
  const { clock, admission, fill, arrive, leave } = prepare(8)
  fill(7, 'write', 'greedy')
  expect(admission.running).toBe(7)
  for (let index = 0; index < 7; index++) leave(`greedy-${index}`)
  expect(arrive('modest', 'write')).toBe('runs')
  expect(fill(5, 'write', 'greedy')).toEqual(['runs', 'runs', 'runs', 'runs', 'waits'])
  expect(arrive('other', 'write')).toBe('runs')
  for (const name of ['modest', 'other']) leave(name)
  // Who has not asked for a while does not compete any more.
  clock.ms = 2_500
  expect(arrive('greedy-later', 'write', 'greedy')).toBe('runs')
})

it('gives the free slot to the source that has less of them', () => {
  const { fill, arrive, fates, leave } = prepare(8)
  fill(4, 'write', 'greedy')
  fill(3, 'write', 'second')
  arrive('vital', 'vital')
  arrive('of-second', 'write', 'second')
  arrive('of-new', 'write', 'new')
  leave('second-0')
  expect([fates.get('of-new'), fates.get('of-second')]).toEqual(['runs', undefined])
})

it('forgets who has gone while waiting', () => {
  const { admission, fill, arrive, fates, leave } = prepare(4)
  fill(4, 'vital')
  arrive('gone', 'write')
  leave('gone')
  leave('gone')
  leave('vital-0')
  expect([fates.get('gone'), admission.waiting, admission.running]).toEqual([undefined, 0, 3])
})
