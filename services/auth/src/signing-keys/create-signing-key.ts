import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose'
import { sql } from 'kysely'
import type { Db, PublicCtx } from '../ctx.ts'
import { encryptJwk } from './encrypt-jwk.ts'

/** Keys belong to the installation: contexts with and without an organisation may ask for them. */
export type KeyOwner = Pick<PublicCtx, 'deriveKey' | 'deriveKeys' | 'db' | 'write'>

/** Purpose of the key that seals private keys. */
export const SIGNING_KEY_KEY = 'auth.signing-key'

/** One at a time in all replicas, until the end of the transaction. */
export async function lockSigningKeys(db: Db): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('auth.signing_key', 0))`.execute(db)
}

/** A new Ed25519 key, named by its thumbprint (RFC 7638), that signs after the interval (`1 hour`). */
export async function createSigningKey(ctx: KeyOwner, db: Db, signsAfter: string): Promise<void> {
  const pair = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true })
  const publicPart = await exportJWK(pair.publicKey)
  const kid = await calculateJwkThumbprint(publicPart)
  const privateJwk = { ...(await exportJWK(pair.privateKey)), kid }
  await db
    .insertInto('signingKey')
    .values({
      kid,
      publicJwk: JSON.stringify({ ...publicPart, kid, alg: 'EdDSA', use: 'sig' }),
      encryptedPrivateJwk: encryptJwk(ctx.deriveKey(SIGNING_KEY_KEY), kid, privateJwk),
      signsFrom: sql<Date>`now() + cast(${signsAfter} as interval)`,
    })
    .execute()
}
