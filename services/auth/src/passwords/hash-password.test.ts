import { expect, it } from 'vitest'
import { hashPassword, NOBODYS_HASH, verifyPassword } from './hash-password.ts'

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

it('refuses everybody where there is no account, after a hash of the same cost in the same queue', { timeout: 60_000 }, async () => {
  expect(NOBODYS_HASH.split('$').slice(0, 4)).toEqual((await hashPassword('a password')).split('$').slice(0, 4))
  const results = await Promise.allSettled(Array.from({ length: 80 }, () => verifyPassword(null, 'a password')))
  // Whoever is not turned away has waited for a slot, as with an account.
  expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(80 - 66)
  expect(results.every((result) => result.status === 'rejected' || !result.value)).toBe(true)
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
