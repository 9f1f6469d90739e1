import { createHash, randomBytes } from 'node:crypto'

/** Crockford's base32: no I, L, O and U, which people misread or dislike. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
/** 120 bits: more than anybody guesses, so that a plain digest is enough (ASVS 6.5.2). */
const CODE_BYTES = 15

export const CODES_AT_ONCE = 10

/** `8Q2F-…`: six groups of four. */
export function newRecoveryCode(): string {
  const bits = BigInt(`0x${randomBytes(CODE_BYTES).toString('hex')}`)
  const letters = Array.from({ length: (CODE_BYTES * 8) / 5 }, (_, index) => ALPHABET[Number((bits >> BigInt(index * 5)) & 31n)])
  return letters.join('').replaceAll(/(.{4})(?=.)/g, '$1-')
}

/** What is stored. Case, spaces and hyphens do not count, and letters that are easily mistaken are taken for what they look like. */
export function digestOfRecoveryCode(code: string): Buffer {
  const letters = code.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1')
  return createHash('sha256').update(letters).digest()
}
