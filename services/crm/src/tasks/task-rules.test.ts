import { expect, it } from 'vitest'
import { requireOneRecord } from '../about/errors.ts'
import { changesBetween, settleUpdate } from './task-rules.ts'

const nothing = { title: 'Call', note: null, dueAt: null, remindAt: null, repeats: null, assigneeId: null, contactId: null, companyId: null, dealId: null }

it('is about one record at most', () => {
  expect(requireOneRecord(nothing)).toBeNull()
  expect(requireOneRecord({ ...nothing, dealId: 'd' })).toBe('dealId')
  expect(() => requireOneRecord({ ...nothing, contactId: 'c', dealId: 'd' })).toThrow('about one record')
})

it('lets go of the record before when another one is named, and of nothing else', () => {
  const current = { ...nothing, contactId: 'c' }
  expect(settleUpdate(current, { dealId: 'd' })).toEqual({ dealId: 'd', contactId: null })
  expect(settleUpdate(current, { title: 'Write' })).toEqual({ title: 'Write' })
  expect(settleUpdate(current, { contactId: 'other' })).toEqual({ contactId: 'other' })
  expect(settleUpdate(current, { dealId: null })).toEqual({ dealId: null })
})

it('names only what really changes; a time is the same however many zeros it is written with', () => {
  const current = { ...nothing, dueAt: '2026-12-01T10:00:00.000Z' }
  expect(changesBetween(current, { title: 'Call', dueAt: '2026-12-01T10:00:00Z' })).toEqual({})
  expect(changesBetween(current, { dueAt: null, note: 'Now' })).toEqual({ dueAt: { from: current.dueAt, to: null }, note: { from: null, to: 'Now' } })
})
