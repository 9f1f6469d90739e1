import type { PublicCtx } from '../ctx.ts'
import { ensureSigningKey } from './current-signer.ts'

interface PublishedKeys {
  keys: { kid: string; kty: string; [member: string]: unknown }[]
}

/** RFC 7517: the keys that sign, will sign next, or signed a token that may still be valid. */
export async function getJwks(ctx: PublicCtx): Promise<PublishedKeys> {
  const published = ctx.db.selectFrom('signingKey').select(['kid', 'publicJwk']).orderBy('signsFrom', 'desc').limit(10)
  const rows = await published.execute()
  if (rows.length === 0) await ensureSigningKey(ctx)
  const keys = rows.length > 0 ? rows : await published.execute()
  return { keys: keys.map(({ kid, publicJwk }) => ({ kty: 'OKP', ...publicJwk, kid })) }
}
