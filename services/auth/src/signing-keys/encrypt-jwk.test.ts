import { randomBytes } from 'node:crypto'
import { exportJWK, generateKeyPair } from 'jose'
import { beforeAll, expect, it } from 'vitest'
import { decryptJwk, encryptJwk } from './encrypt-jwk.ts'

const key = randomBytes(32)
let jwk: Awaited<ReturnType<typeof exportJWK>>

beforeAll(async () => {
  const pair = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true })
  jwk = { ...(await exportJWK(pair.privateKey)), kid: 'a' }
})

it('gives back the private key, and keeps it from the stored bytes', () => {
  const bytes = encryptJwk(key, 'a', jwk)
  expect(decryptJwk([key], 'a', bytes)).toEqual(jwk)
  expect(bytes.includes(jwk.d ?? '')).toBe(false)
})

it('does not decrypt under another key, in another row, or with a bit changed', () => {
  const bytes = encryptJwk(key, 'a', jwk)
  expect(() => decryptJwk([randomBytes(32)], 'a', bytes)).toThrow()
  expect(() => decryptJwk([key], 'b', bytes)).toThrow()
  const changed = Buffer.from(bytes)
  changed.writeUInt8(changed.readUInt8(40) ^ 1, 40)
  expect(() => decryptJwk([key], 'a', changed)).toThrow()
})
