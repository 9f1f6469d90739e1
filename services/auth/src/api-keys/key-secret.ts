import { createHash, randomBytes } from 'node:crypto'
import { API_KEY_START } from '@ai-crm/contracts'

const SECRET_BYTES = 32
const SHOWN_CHARACTERS = 4

/** 256 random bits behind a beginning that scanners of code and logs know. */
export const newKeySecret = (): string => API_KEY_START + randomBytes(SECRET_BYTES).toString('base64url')

/** `crm_live_ab12`: enough to tell keys apart, nothing to guess the rest from. */
export const prefixOf = (secret: string): string => secret.slice(0, API_KEY_START.length + SHOWN_CHARACTERS)

/** What is stored of it. Plain SHA-256 is enough for 256 random bits. */
export const keyDigest = (secret: string): Buffer => createHash('sha256').update(secret).digest()
