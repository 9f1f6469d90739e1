import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

const CIPHER = 'aes-256-gcm'
const NONCE_BYTES = 12
const TAG_BYTES = 16

/**
 * AES-256-GCM of a text: nonce, tag, ciphertext. `binding` is authenticated with it (an organisation, a row): a
 * ciphertext that was copied elsewhere does not open. Take the key from `ctx.deriveKey`, one purpose each.
 */
export function seal(key: Buffer, binding: string, text: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv(CIPHER, key, nonce).setAAD(Buffer.from(binding))
  const encrypted = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), encrypted])
}

/**
 * The text, opened with whichever of the keys sealed it (`ctx.deriveKeys`). Throws when that is none of them, the binding is
 * another one or a bit was changed.
 */
export function unseal(keys: readonly Buffer[], binding: string, sealed: Buffer): string {
  for (const [position, key] of keys.entries()) {
    try {
      return openWith(key, binding, sealed)
    } catch (error) {
      if (position === keys.length - 1) throw error
    }
  }
  throw new Error('Nothing opens without a key.')
}

function openWith(key: Buffer, binding: string, sealed: Buffer): string {
  const decipher = createDecipheriv(CIPHER, key, sealed.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
    .setAAD(Buffer.from(binding))
    .setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES))
  return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]).toString('utf8')
}
