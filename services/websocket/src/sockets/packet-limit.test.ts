import { expect, it } from 'vitest'
import { createPacketLimit } from './packet-limit.ts'

it('allows the burst, then only what has filled up again', () => {
  const clock = { ms: 0 }
  const limit = createPacketLimit(3, 2, () => clock.ms)
  const spend = (count: number) => Array.from({ length: count }, () => limit.spend()).filter(Boolean).length
  expect(spend(10)).toBe(3)
  clock.ms = 1_000
  expect(spend(10)).toBe(2)
  clock.ms = 60_000
  expect(spend(10)).toBe(3)
})
