import { expect, it } from 'vitest'
import { isNight, timeIn } from './time-zones.ts'

const now = new Date('2026-11-27T12:30:00Z')

it('tells the clock of the zone, and the day where it is another one', () => {
  expect(timeIn('UTC', now, 'en-GB')).toBe('12:30')
  expect(timeIn('Pacific/Kiritimati', now, 'en-GB')).toMatch(/Sat.*02:30/)
})

it('knows when one would rather not call', () => {
  expect(isNight('Europe/Berlin', now)).toBe(false)
  expect(isNight('Asia/Tokyo', now)).toBe(true)
  expect(isNight('America/Los_Angeles', now)).toBe(true)
})
