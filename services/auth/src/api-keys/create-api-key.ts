import { API_KEY_PERMISSIONS, isPermission, type CreateApiKey, type CreatedApiKey } from '@ai-crm/contracts'
import type { Principal } from '@ai-crm/platform'
import { sql } from 'kysely'
import type { Ctx } from '../ctx.ts'
import { recordSecurityEvent } from '../security-log/record-security-event.ts'
import { permissionsTooWide, tooManyKeys } from './errors.ts'
import { keyDigest, newKeySecret, prefixOf } from './key-secret.ts'
import { readApiKey } from './list-api-keys.ts'

const MAX_ACTIVE = 100

/** A key of the person, with the only sight of its secret. Throws `permissionsTooWide` (422) and `tooManyKeys` (409). */
export async function createApiKey(ctx: Ctx, maker: Principal, input: CreateApiKey): Promise<CreatedApiKey> {
  const wanted = [...new Set(input.permissions)]
  const tooWide = wanted.filter((name) => !isPermission(name) || !API_KEY_PERMISSIONS.includes(name) || !maker.permissions.has(name))
  if (tooWide.length > 0) throw permissionsTooWide(tooWide)
  const secret = newKeySecret()
  const key = await ctx.write(async (scope) => {
    const { db } = scope
    const { count } = await db
      .selectFrom('apiKey')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('revokedAt', 'is', null)
      .executeTakeFirstOrThrow()
    if (Number(count) >= MAX_ACTIVE) throw tooManyKeys(MAX_ACTIVE)
    const { name, allowedNetworks, ratePerMinute, expiresInDays } = input
    const { id } = await db
      .insertInto('apiKey')
      .values({
        name,
        prefix: prefixOf(secret),
        permissions: wanted,
        allowedNetworks,
        ratePerMinute,
        createdBy: maker.userId,
        expiresAt: expiresInDays === null ? null : sql<Date>`now() + make_interval(days => ${expiresInDays})`,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await db
      .insertInto('apiKeySecret')
      .values({ digest: keyDigest(secret), tenantId: ctx.organizationId, keyId: id })
      .execute()
    recordSecurityEvent(scope, { kind: 'api-key.created', about: { type: 'api-key', id }, details: { name, permissions: wanted.join(' ').slice(0, 2000) } })
    return readApiKey(db, id)
  })
  return { key, secret }
}
