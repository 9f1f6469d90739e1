import { afterEach, expect, it, vi } from 'vitest'
import { fromLocalField, leadOf, LEADS, remindAtOf, toLocalField } from './reminder-times.ts'

const dueAt = '2026-03-18T12:30:00.000Z'

afterEach(() => vi.unstubAllEnvs())

it('knows each offer again', () => {
  for (const lead of LEADS) expect(leadOf(dueAt, remindAtOf(dueAt, lead))).toBe(lead)
  expect(leadOf(dueAt, '2026-03-18T12:00:00.000Z')).toBeNull()
  expect(leadOf(null, dueAt)).toBeNull()
})

it('brings an instant through the field in the zone of the reader', () => {
  vi.stubEnv('TZ', 'Asia/Tokyo')
  expect(toLocalField(dueAt)).toBe('2026-03-18T21:30')
  expect(fromLocalField(toLocalField(dueAt))).toBe(dueAt)
  expect(toLocalField(null)).toBe('')
  for (const text of ['', '2026-']) expect(fromLocalField(text)).toBeNull()
})
