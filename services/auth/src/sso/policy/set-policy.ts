import { signInPolicyChanged, type SignInPolicy } from '@ai-crm/contracts'
import { sql } from 'kysely'
import type { Ctx, Db } from '../../ctx.ts'
import { lockActor } from '../../members/lock-members.ts'
import { recordSecurityEvent } from '../../security-log/record-security-event.ts'
import { endSessionsWhere } from '../../sessions/end-sessions-of.ts'
import { nothingToEnforce } from '../errors.ts'
import { lockPolicy } from './policy.ts'

/**
 * From the commit on nobody comes in in another way, and who has come in so is out: sessions by password of those whom
 * enforcement concerns end with it. Throws `nothingToEnforce` (409).
 */
export async function setPolicy(ctx: Ctx, wanted: SignInPolicy): Promise<SignInPolicy> {
  return ctx.write(async (scope) => {
    await lockActor(ctx, scope.db, 'auth.sso.manage')
    const was = await lockPolicy(ctx, scope.db)
    const isNewlyEnforced = wanted.isSsoEnforced && !was.isSsoEnforced
    if (isNewlyEnforced && !(await canEnforce(scope.db))) throw nothingToEnforce()
    await store(scope.db, wanted)
    if (isNewlyEnforced) await endSessionsWhere(ctx, scope, { isRefusedByPolicy: true }, 'credentials-changed')
    if (was.isSsoEnforced === wanted.isSsoEnforced && was.isSecondFactorRequired === wanted.isSecondFactorRequired) return wanted
    await scope.emit(signInPolicyChanged({ organizationId: ctx.organizationId, ...wanted }))
    recordSecurityEvent(scope, { kind: 'security-policy.changed', details: { ...wanted } })
    return wanted
  })
}

async function canEnforce(db: Db): Promise<boolean> {
  const ready = await db
    .selectFrom('emailDomain')
    .innerJoin('ssoConnection', (join) =>
      join.onRef('ssoConnection.organizationId', '=', 'emailDomain.organizationId').onRef('ssoConnection.id', '=', 'emailDomain.connectionId'),
    )
    .select('emailDomain.id')
    .where('verifiedAt', 'is not', null)
    .where('enabledAt', 'is not', null)
    .where('testedAt', 'is not', null)
    .where('testProblem', 'is', null)
    .limit(1)
    .executeTakeFirst()
  return ready !== undefined
}

async function store(db: Db, { isSsoEnforced, isSecondFactorRequired }: SignInPolicy): Promise<void> {
  const now = sql<Date>`now()`
  const values = { ssoEnforcedAt: isSsoEnforced ? now : null, secondFactorRequiredAt: isSecondFactorRequired ? now : null }
  await db
    .insertInto('signInPolicy')
    .values(values)
    .onConflict((conflict) => conflict.column('organizationId').doUpdateSet(values))
    .execute()
}
