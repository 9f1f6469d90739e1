import { seal, unseal } from '@ai-crm/platform'
import type { JWK } from 'jose'
import { z } from 'zod'

const PrivateJwk = z.object({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: z.string(), d: z.string(), kid: z.string() })

/** The kid is authenticated: a ciphertext copied to another row does not decrypt. */
export const encryptJwk = (key: Buffer, kid: string, jwk: JWK): Buffer => seal(key, kid, JSON.stringify(jwk))

/** Throws when the keys are others or the bytes were changed. */
export const decryptJwk = (keys: readonly Buffer[], kid: string, bytes: Buffer): JWK => PrivateJwk.parse(JSON.parse(unseal(keys, kid, bytes)))
