import { createHash, createHmac, randomBytes } from 'node:crypto'

/** 256 random bits, opaque to whoever carries it. */
export const newRefreshToken = (): string => randomBytes(32).toString('base64url')

/**
 * The token that follows in the family. Derived, so that a repeated exchange yields the same one although only
 * digests are stored; unguessable without the key of the installation, also from the predecessor.
 */
export const successorOf = (key: Buffer, token: string): string => createHmac('sha256', key).update(token).digest('base64url')

/** What is stored of a token. Plain SHA-256 is enough for 256 random bits. */
export const digestOf = (token: string): Buffer => createHash('sha256').update(token).digest()
