import { expect, it } from 'vitest'
import { hashPassword, verifyPassword } from './hash-password.ts'

it('hashes with Argon2id, 19 MiB, two passes', async () => {
  expect(await hashPassword('correct horse')).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
})

it('knows the right password and no other, to its last letter', async () => {
  const long = 'x'.repeat(200)
  const hash = await hashPassword(long)
  expect(await verifyPassword(hash, long)).toBe(true)
  expect(await verifyPassword(hash, long.slice(0, 199))).toBe(false)
})

it('takes the spellings of one text for one password', async () => {
  const hash = await hashPassword('Ы́ é'.normalize('NFD'))
  expect(await verifyPassword(hash, 'Ы́ é'.normalize('NFC'))).toBe(true)
})

it('refuses everybody where there is no account, after the same work', async () => {
  const hash = await hashPassword('a password')
  await verifyPassword(null, 'warm up')
  const known = await medianMs(() => verifyPassword(hash, 'wrong'))
  const unknown = await medianMs(() => verifyPassword(null, 'wrong'))
  expect(await verifyPassword(null, '')).toBe(false)
  expect(unknown).toBeGreaterThan(known / 3)
})

it('hashes off the event loop', async () => {
  let turns = 0
  const timer = setInterval(() => turns++, 1)
  await Promise.all(Array.from({ length: 8 }, (_, index) => hashPassword(`password ${index}`)))
  clearInterval(timer)
  expect(turns).toBeGreaterThan(4)
})

it('turns away what it cannot do in time instead of piling it up', async () => {
  const results = await Promise.allSettled(Array.from({ length: 80 }, () => hashPassword('password')))
  const refused = results.filter((result) => result.status === 'rejected')
  expect(refused).toHaveLength(80 - 66)
  expect(refused[0]?.reason).toMatchObject({ code: 'auth.password.busy', status: 503 })
})

async function medianMs(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = []
  for (let run = 0; run < 7; run++) {
    const start = performance.now()
    await work()
    times.push(performance.now() - start)
  }
  return times.toSorted((a, b) => a - b)[3] ?? 0
}
