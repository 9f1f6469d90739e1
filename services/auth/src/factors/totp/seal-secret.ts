import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

const CIPHER = 'aes-256-gcm'
const NONCE_BYTES = 12
const TAG_BYTES = 16

/** The row that a secret stands in; authenticated with it, so that bytes copied to another row do not decrypt. */
export interface SecretPlace {
  readonly userId: string
  readonly credentialId: string
}

const placeBytes = ({ userId, credentialId }: SecretPlace): Buffer => Buffer.from(`${userId}/${credentialId}`)

/** Nonce, tag, ciphertext. */
export function sealSecret(key: Buffer, place: SecretPlace, secret: Uint8Array): Buffer {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv(CIPHER, key, nonce).setAAD(placeBytes(place))
  const encrypted = Buffer.concat([cipher.update(secret), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), encrypted])
}

/** Throws when the key or the row is another one, or the bytes were changed. */
export function openSecret(key: Buffer, place: SecretPlace, sealed: Buffer): Buffer {
  const decipher = createDecipheriv(CIPHER, key, sealed.subarray(0, NONCE_BYTES))
    .setAAD(placeBytes(place))
    .setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES))
  return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()])
}
