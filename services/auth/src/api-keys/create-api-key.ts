import { API_KEY_PERMISSIONS, isPermission, type CreateApiKey, type CreatedApiKey, type Rights } from '@ai-crm/contracts'
import { sql } from 'kysely'
import type { Ctx, Db } from '../ctx.ts'
import { lockActor } from '../members/lock-members.ts'
import { tellOfAccess } from '../notices/tell-of-access.ts'
import { recordSecurityEvent } from '../security-log/record-security-event.ts'
import { permissionsTooWide, tooManyKeys } from './errors.ts'
import { keyDigest, newKeySecret, prefixOf } from './key-secret.ts'
import { readApiKey } from './list-api-keys.ts'

const MAX_ACTIVE = 100

/** A key of the person, with the only sight of its secret. Throws what `lockActor` throws (403), `permissionsTooWide` (422), `tooManyKeys` (409). */
export async function createApiKey(ctx: Ctx, input: CreateApiKey): Promise<CreatedApiKey> {
  const secret = newKeySecret()
  const key = await ctx.write(async (scope) => {
    const maker = await lockActor(ctx, scope.db, 'auth.api-key.manage')
    const permissions = permittedTo(maker, input.permissions)
    await assertRoom(scope.db)
    const keyId = await storeKey(scope.db, maker.userId, { ...input, permissions }, prefixOf(secret))
    const values = { digest: keyDigest(secret), tenantId: ctx.organizationId, keyId }
    await scope.db.insertInto('apiKeySecret').values(values).execute()
    const details = { name: input.name, permissions: permissions.join(' ').slice(0, 2000) }
    recordSecurityEvent(scope, { kind: 'api-key.created', about: { type: 'api-key', id: keyId }, details })
    const key = await readApiKey(scope.db, keyId)
    await tellOfAccess(ctx, scope, { kind: 'api-key', what: key.name, by: ctx.actor, at: key.createdAt, page: '/settings/api-keys' })
    return key
  })
  return { key, secret }
}

/** What is asked for, each once, as far as keys may have it and the person has it too; else `permissionsTooWide`. */
function permittedTo(maker: Pick<Rights, 'permissions'>, asked: readonly string[]): string[] {
  const wanted = [...new Set(asked)]
  const tooWide = wanted.filter((name) => !isPermission(name) || !API_KEY_PERMISSIONS.includes(name) || !maker.permissions.has(name))
  if (tooWide.length > 0) throw permissionsTooWide(tooWide)
  return wanted
}

async function assertRoom(db: Db): Promise<void> {
  const active = db
    .selectFrom('apiKey')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('revokedAt', 'is', null)
  const { count } = await active.executeTakeFirstOrThrow()
  if (count >= MAX_ACTIVE) throw tooManyKeys(MAX_ACTIVE)
}

async function storeKey(db: Db, createdBy: string, input: CreateApiKey, prefix: string): Promise<string> {
  const { name, permissions, allowedNetworks, ratePerMinute, expiresInDays } = input
  const expiresAt = expiresInDays === null ? null : sql<Date>`now() + make_interval(days => ${expiresInDays})`
  const values = { name, prefix, permissions, allowedNetworks, ratePerMinute, createdBy, expiresAt }
  const { id } = await db.insertInto('apiKey').values(values).returning('id').executeTakeFirstOrThrow()
  return id
}
