import { createTokenSigner, type AccessTokenSigner } from '@ai-crm/platform'
import { sql } from 'kysely'
import type { Db } from '../ctx.ts'
import { createSigningKey, SIGNING_KEY_KEY, lockSigningKeys, type KeyOwner } from './create-signing-key.ts'
import { decryptJwk } from './encrypt-jwk.ts'

// The clock, not now(): who waited for the lock began before the key that was made meanwhile.
const currentKey = (db: Db) =>
  db
    .selectFrom('signingKey')
    .select(['kid', 'encryptedPrivateJwk'])
    .where('signsFrom', '<=', sql<Date>`clock_timestamp()`)
    .orderBy('signsFrom', 'desc')
    .limit(1)

/** The installation's first key is made when it is first needed, once, however many ask at the same time. */
export async function ensureSigningKey(ctx: KeyOwner): Promise<void> {
  await ctx.write(async ({ db }) => {
    await lockSigningKeys(db)
    if (!(await currentKey(db).executeTakeFirst())) await createSigningKey(ctx, db, '0')
  })
}

/** Signs with the newest key whose time has come. Read each time: a rotation takes effect everywhere at once. */
export async function currentSigner(ctx: KeyOwner): Promise<AccessTokenSigner> {
  const found = await currentKey(ctx.db).executeTakeFirst()
  if (!found) await ensureSigningKey(ctx)
  const { kid, encryptedPrivateJwk } = found ?? (await currentKey(ctx.db).executeTakeFirstOrThrow())
  return createTokenSigner(decryptJwk(ctx.deriveKeys(SIGNING_KEY_KEY), kid, encryptedPrivateJwk))
}
