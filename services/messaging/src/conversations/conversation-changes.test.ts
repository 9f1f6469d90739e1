import { expect, it } from 'vitest'
import { changesBetween, nextState } from './conversation-changes.ts'

const now = new Date('2026-11-23T07:00:00Z')
const later = '2026-11-24T07:00:00.000Z'
const open = { status: 'open' as const, assigneeId: null, snoozedUntil: null }
const snoozed = { status: 'snoozed' as const, assigneeId: null, snoozedUntil: new Date(later) }

it('a moment alone snoozes, null alone wakes, closing ends a snooze', () => {
  expect(nextState(open, { snoozedUntil: later }, now)).toEqual(snoozed)
  expect(nextState(snoozed, { snoozedUntil: null }, now)).toEqual(open)
  expect(nextState(snoozed, { status: 'closed' }, now)).toEqual({ ...open, status: 'closed' })
  expect(nextState(snoozed, { assigneeId: 'a' }, now)).toEqual({ ...snoozed, assigneeId: 'a' })
})

it('snoozing needs a moment in the future', () => {
  for (const input of [{ status: 'snoozed' as const }, { snoozedUntil: '2026-11-22T07:00:00.000Z' }])
    expect(() => nextState(open, input, now)).toThrow(expect.objectContaining({ status: 400 }))
})

it('names only what differs', () => {
  expect(changesBetween(open, open)).toEqual({})
  expect(changesBetween(open, snoozed)).toEqual({ status: { from: 'open', to: 'snoozed' }, snoozedUntil: { from: null, to: later } })
})
