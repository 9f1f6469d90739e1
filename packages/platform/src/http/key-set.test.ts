import { exportJWK, generateKeyPair } from 'jose'
import { expect, it } from 'vitest'
import { createKeySet, type Jwks } from './key-set.ts'

const { publicKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true })
const jwks: Jwks = { keys: [{ ...(await exportJWK(publicKey)), kid: 'one' }] }

it('does not take a valid token for a forged one while the auth service is away: it cannot be checked now', async () => {
  let isAway = true
  let nowMs = 0
  const keys = createKeySet(
    async () => {
      if (isAway) throw new Error('connection refused')
      return jwks
    },
    () => nowMs,
  )
  await expect(keys.find('one')).rejects.toMatchObject({ status: 503 })
  await expect(keys.find('one')).rejects.toMatchObject({ status: 503 })
  isAway = false
  nowMs = 1_000
  expect(await keys.find('one')).not.toBeNull()
})

it('goes on with the keys that it has while the auth service is away', async () => {
  let isAway = false
  let nowMs = 0
  const keys = createKeySet(
    async () => {
      if (isAway) throw new Error('connection refused')
      return jwks
    },
    () => nowMs,
  )
  await keys.find('one')
  isAway = true
  nowMs = 60 * 60_000
  expect(await keys.find('one')).not.toBeNull()
})

it('asks at most once per 5 s for a key that does not exist', async () => {
  let asked = 0
  let nowMs = 0
  const keys = createKeySet(
    async () => (asked++, jwks),
    () => nowMs,
  )
  expect(await keys.find('two')).toBeNull()
  expect(await keys.find('two')).toBeNull()
  expect(asked).toBe(1)
  nowMs = 6_000
  expect(await keys.find('two')).toBeNull()
  expect(asked).toBe(2)
})
