import type { SsoConnection } from '@ai-crm/contracts'
import { notFound, type WriteScope } from '@ai-crm/platform'
import { sql } from 'kysely'
import type { Ctx } from '../../ctx.ts'
import { lockActor } from '../../members/lock-members.ts'
import { recordSecurityEvent } from '../../security-log/record-security-event.ts'
import { endSessionsWhere } from '../../sessions/end-sessions-of.ts'
import type { Tables } from '../../tables.ts'
import { notTested, stillEnforced } from '../errors.ts'
import { lockPolicy } from '../policy/policy.ts'
import { lockConnection, toConnection, type ConnectionRow } from './connection.ts'

/** Throws `notTested` (409). */
export async function enableConnection(ctx: Ctx, id: string): Promise<SsoConnection> {
  return ctx.write(async (scope) => {
    await lockActor(ctx, scope.db, 'auth.sso.manage')
    const row = await lockConnection(scope.db, id)
    if (row.enabledAt !== null) return toConnection(ctx, row)
    if (row.testedAt === null || row.testProblem !== null) throw notTested()
    recordSecurityEvent(scope, { kind: 'sso.changed', about: { type: 'sso-connection', id }, details: { enabled: true } })
    return toConnection(ctx, await setEnabled(scope, id, sql<Date>`now()`))
  })
}

/** Throws `stillEnforced` (409): who can sign in by nothing else must not be shut out by a click. */
export async function disableConnection(ctx: Ctx, id: string): Promise<SsoConnection> {
  return ctx.write(async (scope) => {
    await refuseWhileEnforced(ctx, scope)
    const row = await lockConnection(scope.db, id)
    if (row.enabledAt === null) return toConnection(ctx, row)
    await endSessionsWhere(ctx, scope, { connectionId: id }, 'credentials-changed')
    recordSecurityEvent(scope, { kind: 'sso.changed', about: { type: 'sso-connection', id }, details: { enabled: false } })
    return toConnection(ctx, await setEnabled(scope, id, null))
  })
}

/** Throws `stillEnforced` (409). */
export async function deleteConnection(ctx: Ctx, id: string): Promise<void> {
  await ctx.write(async (scope) => {
    await refuseWhileEnforced(ctx, scope)
    const row = await scope.db.selectFrom('ssoConnection').select(['name', 'issuer']).where('id', '=', id).forUpdate().executeTakeFirst()
    if (!row) throw notFound('connection')
    await endSessionsWhere(ctx, scope, { connectionId: id }, 'credentials-changed')
    await scope.db.deleteFrom('ssoConnection').where('id', '=', id).execute()
    recordSecurityEvent(scope, { kind: 'sso.removed', about: { type: 'sso-connection', id }, details: row })
  })
}

async function refuseWhileEnforced(ctx: Ctx, { db }: WriteScope<Tables>): Promise<void> {
  await lockActor(ctx, db, 'auth.sso.manage')
  const policy = await lockPolicy(ctx, db)
  if (policy.isSsoEnforced) throw stillEnforced()
}

const setEnabled = ({ db }: WriteScope<Tables>, id: string, enabledAt: ReturnType<typeof sql<Date>> | null): Promise<ConnectionRow> =>
  db
    .updateTable('ssoConnection')
    .set({ enabledAt, version: sql<number>`version + 1` })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
