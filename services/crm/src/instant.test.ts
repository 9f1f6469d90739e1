import { expect, it } from 'vitest'
import { toInstant } from './instant.ts'

it.each([
  ['2026-01-31 10:00:00+00', '2026-01-31T10:00:00.000Z'],
  ['2026-01-31 10:00:00.5+00', '2026-01-31T10:00:00.500Z'],
  ['2026-01-31 10:00:00.123456+00', '2026-01-31T10:00:00.123Z'],
  ['2026-01-31 13:00:00.5+03', '2026-01-31T10:00:00.500Z'],
])('writes %s as %s', (text, instant) => {
  expect(toInstant(text)).toBe(instant)
})
