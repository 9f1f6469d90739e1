import type { KeyExchange } from '@ai-crm/contracts'
import { countedAddress } from '@ai-crm/platform'
import { sql } from 'kysely'
import type { Ctx, PublicCtx } from '../ctx.ts'
import { findMembership } from '../members/get-me.ts'
import { recordSecurityEvent } from '../security-log/record-security-event.ts'
import { currentSigner } from '../signing-keys/current-signer.ts'
import { isAllowedFrom, stateOf } from './api-key.ts'
import { apiKeyRefused } from './errors.ts'
import { keyDigest } from './key-secret.ts'

interface Presented {
  readonly key: string
  readonly address: string
  readonly userAgent: string
}

/** Days for which it is kept from where a key was used. */
const KEEP_USES_DAYS = 30

/**
 * The access token that a key stands for now: its agent is the key, its rights are those of the key that its maker still
 * has, with the maker's scopes and field rules. Throws `apiKeyRefused` (401), without saying why.
 */
export async function exchangeApiKey(publicCtx: PublicCtx, { key: secret, address, userAgent }: Presented): Promise<KeyExchange> {
  const owner = await publicCtx.db.selectFrom('apiKeySecret').select(['tenantId', 'keyId']).where('digest', '=', keyDigest(secret)).executeTakeFirst()
  if (!owner) throw apiKeyRefused()
  const { tenantId: organizationId, keyId } = owner
  const client = { address, userAgent, requestId: crypto.randomUUID() }
  const ctx = publicCtx.enter(organizationId, { type: 'api-key', id: keyId }, { client })
  const key = await ctx.db.selectFrom('apiKey').selectAll().where('id', '=', keyId).executeTakeFirst()
  if (!key || stateOf(key) !== 'active' || !isAllowedFrom(key.allowedNetworks, address)) throw apiKeyRefused()
  const [membership, sign] = await Promise.all([findMembership(ctx, key.createdBy), currentSigner(ctx)])
  if (!membership) throw apiKeyRefused()

  const { me, grant, readAtMs } = membership
  const permitted: ReadonlySet<string> = new Set(me.permissions)
  const { token, expiresAt } = await sign({
    userId: key.createdBy,
    organizationId,
    role: me.role,
    sessionId: keyId,
    agent: { type: 'api-key', id: keyId },
    grant: { roleId: grant?.roleId ?? keyId, permissions: key.permissions.filter((name) => permitted.has(name)), scopes: me.scopes, fields: me.fields },
    issuedAtMs: readAtMs,
  })
  await noteUse(ctx, keyId, countedAddress(address))
  return { accessToken: token, expiresAt: expiresAt.toISOString(), keyId, organizationId, ratePerMinute: key.ratePerMinute }
}

/** Coarse: when, to ten minutes, and the first use of a day from a network. Most exchanges write nothing. */
async function noteUse(ctx: Ctx, keyId: string, network: string): Promise<void> {
  const known = await ctx.db
    .selectFrom('apiKeyUse')
    .innerJoin('apiKey', (join) => join.onRef('apiKey.organizationId', '=', 'apiKeyUse.organizationId').onRef('apiKey.id', '=', 'apiKeyUse.keyId'))
    .select('keyId')
    .where('keyId', '=', keyId)
    .where('network', '=', network)
    .where('usedOn', '=', sql<string>`current_date`)
    .where('lastUsedAt', '>', sql<Date>`now() - interval '10 minutes'`)
    .executeTakeFirst()
  if (known) return
  await ctx.write(async (scope) => {
    const { db } = scope
    await db
      .updateTable('apiKey')
      .set({ lastUsedAt: sql<Date>`now()` })
      .where('id', '=', keyId)
      .execute()
    const first = await db
      .insertInto('apiKeyUse')
      .values({ keyId, network, usedOn: sql<string>`current_date` })
      .onConflict((conflict) => conflict.doNothing())
      .returning('keyId')
      .executeTakeFirst()
    if (!first) return
    recordSecurityEvent(scope, { kind: 'api-key.used', about: { type: 'api-key', id: keyId } })
    await db
      .deleteFrom('apiKeyUse')
      .where('keyId', '=', keyId)
      .where('usedOn', '<', sql<string>`current_date - ${KEEP_USES_DAYS}::integer`)
      .execute()
  })
}
