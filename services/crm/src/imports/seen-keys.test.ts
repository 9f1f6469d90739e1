import { expect, it } from 'vitest'
import { SeenKeys } from './seen-keys.ts'

it('knows a hundred thousand keys from as many that are like them, in a few bytes each', () => {
  const seen = new SeenKeys()
  const keyOf = (n: number) => `email/person.${n}@example.org`
  for (let n = 0; n < 200_000; n += 2) seen.add(keyOf(n))
  const wrong = Array.from({ length: 200_000 }, (_, n) => n).filter((n) => seen.has(keyOf(n)) !== (n % 2 === 0))
  expect(wrong).toEqual([])
  const { bytes } = seen
  expect(bytes / 100_000).toBeLessThan(40)
  for (let n = 0; n < 200_000; n += 2) seen.add(keyOf(n))
  expect(seen.bytes).toBe(bytes)
})
