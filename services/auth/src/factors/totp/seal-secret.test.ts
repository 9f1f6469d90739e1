import { randomBytes } from 'node:crypto'
import { expect, it } from 'vitest'
import { openSecret, sealSecret } from './seal-secret.ts'

const key = randomBytes(32)
const place = { userId: 'ada', credentialId: 'one' }
const secret = randomBytes(20)

it('gives back the secret and keeps it from the stored bytes', () => {
  const sealed = sealSecret(key, place, secret)
  expect(openSecret([key], place, sealed)).toEqual(secret)
  expect(sealed.includes(secret)).toBe(false)
  expect(sealSecret(key, place, secret)).not.toEqual(sealed)
})

it('opens in its own row only, under its own key, unchanged', () => {
  const sealed = sealSecret(key, place, secret)
  expect(() => openSecret([key], { ...place, userId: 'eve' }, sealed)).toThrow()
  expect(() => openSecret([key], { ...place, credentialId: 'two' }, sealed)).toThrow()
  expect(() => openSecret([randomBytes(32)], place, sealed)).toThrow()
  sealed.writeUInt8(sealed.readUInt8(30) ^ 1, 30)
  expect(() => openSecret([key], place, sealed)).toThrow()
})
