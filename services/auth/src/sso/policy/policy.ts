import type { SignInPolicy } from '@ai-crm/contracts'
import { sql } from 'kysely'
import type { Ctx, Db } from '../../ctx.ts'

const LOCK = 'auth.sign-in-policy:'

/** The organisation of the context. */
export async function readPolicy(db: Db): Promise<SignInPolicy> {
  const row = await db.selectFrom('signInPolicy').select(['ssoEnforcedAt', 'secondFactorRequiredAt']).executeTakeFirst()
  return { isSsoEnforced: Boolean(row?.ssoEnforcedAt), isSecondFactorRequired: Boolean(row?.secondFactorRequiredAt) }
}

/** Nobody signs in, and nothing that the policy depends on changes, until the end of the transaction. */
export async function lockPolicy({ organizationId }: Pick<Ctx, 'organizationId'>, db: Db): Promise<SignInPolicy> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${LOCK + organizationId}, 0))`.execute(db)
  return readPolicy(db)
}

/** Beginning a session: the policy stays as it is until the end of the transaction. However many do so at once. */
export async function sharePolicy({ organizationId }: Pick<Ctx, 'organizationId'>, db: Db): Promise<void> {
  await sql`select pg_advisory_xact_lock_shared(hashtextextended(${LOCK + organizationId}, 0))`.execute(db)
}
