import type { EmailDomain } from '@ai-crm/contracts'
import type { Ctx } from '../../ctx.ts'
import { lockActor } from '../../members/lock-members.ts'
import { recordSecurityEvent } from '../../security-log/record-security-event.ts'
import { readConnection } from '../connections/connection.ts'
import { stillEnforced } from '../errors.ts'
import { lockPolicy } from '../policy/policy.ts'
import { readDomain, toDomain } from './domain.ts'

/** Throws `notFound` (404) for a domain or a connection that is not of this organisation. */
export async function setDomainConnection(ctx: Ctx, id: string, connectionId: string | null): Promise<EmailDomain> {
  return ctx.write(async (scope) => {
    await lockActor(ctx, scope.db, 'auth.sso.manage')
    const { isSsoEnforced } = await lockPolicy(ctx, scope.db)
    const known = await readDomain(scope.db, id)
    if (connectionId !== null) await readConnection(scope.db, connectionId)
    if (known.connectionId === connectionId) return toDomain(ctx.config.DOMAIN_GRACE_DAYS, known)
    if (isSsoEnforced && known.verifiedAt !== null) throw stillEnforced()
    const row = await scope.db.updateTable('emailDomain').set({ connectionId }).where('id', '=', id).returningAll().executeTakeFirstOrThrow()
    recordSecurityEvent(scope, { kind: 'sso.changed', about: { type: 'domain', id }, details: { name: known.name, connectionId } })
    return toDomain(ctx.config.DOMAIN_GRACE_DAYS, row)
  })
}

/** Another organisation may prove it from now on. Throws `stillEnforced` (409) for one that people have to sign in by. */
export async function removeDomain(ctx: Ctx, id: string): Promise<void> {
  await ctx.write(async (scope) => {
    await lockActor(ctx, scope.db, 'auth.sso.manage')
    const { isSsoEnforced } = await lockPolicy(ctx, scope.db)
    const known = await readDomain(scope.db, id)
    if (isSsoEnforced && known.verifiedAt !== null) throw stillEnforced()
    // The captured domain goes with its row.
    await scope.db.deleteFrom('emailDomain').where('id', '=', id).execute()
    if (known.verifiedAt !== null) recordSecurityEvent(scope, { kind: 'domain.removed', about: { type: 'domain', id }, details: { name: known.name } })
  })
}
