import { expect, it } from 'vitest'
import { snoozeTimes } from './snooze-times.ts'

it('offers tomorrow morning and the next Monday, never today', () => {
  const sunday = new Date(2026, 2, 15, 22)
  const monday = new Date(2026, 2, 16, 8)
  expect(snoozeTimes(sunday).week).toEqual(new Date(2026, 2, 16, 9))
  expect(snoozeTimes(monday).week).toEqual(new Date(2026, 2, 23, 9))
  expect(snoozeTimes(new Date(2026, 2, 31, 12)).tomorrow).toEqual(new Date(2026, 3, 1, 9))
})
