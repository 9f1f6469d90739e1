import type { Role } from '@ai-crm/contracts'
import { notFound } from '@ai-crm/platform'
import type { Ctx, Db } from '../ctx.ts'
import { lastOwner, outranked } from './errors.ts'
import { mayHandle } from './member.ts'

export interface LockedMember {
  readonly userId: string
  readonly role: Role
  readonly customRoleId: string | null
  readonly version: number
  readonly disabledAt: Date | null
}

/**
 * Puts all changes of who belongs here, and as what, in line until the end of the transaction: two owners who demote each
 * other at once do it one after the other, and the second one is an owner no more. Not FOR UPDATE, on which a new
 * membership's foreign key would wait too.
 */
export async function lockMembers(db: Db): Promise<void> {
  await db.selectFrom('organization').select('organizationId').forNoKeyUpdate().executeTakeFirst()
}

export const findMember = (db: Db, userId: string): Promise<LockedMember | undefined> =>
  db.selectFrom('membership').select(['userId', 'role', 'customRoleId', 'version', 'disabledAt']).where('userId', '=', userId).executeTakeFirst()

/** Who acts, as they are now: the token may be older than the last change of their rights. Throws `outranked` (403). */
export async function lockActor(ctx: Ctx, db: Db): Promise<LockedMember> {
  await lockMembers(db)
  const actor = ctx.actor.id === null ? undefined : await findMember(db, ctx.actor.id)
  if (!actor || actor.disabledAt) throw outranked()
  return actor
}

/** Somebody whom the actor may change. Throws `notFound` (404), `outranked` (403). */
export async function lockTarget(ctx: Ctx, db: Db, userId: string): Promise<{ actor: LockedMember; target: LockedMember }> {
  const actor = await lockActor(ctx, db)
  const target = await findMember(db, userId)
  if (!target) throw notFound('member')
  if (!mayHandle(actor, target.role)) throw outranked()
  return { actor, target }
}

/** Throws `lastOwner` (409) unless there is another owner who can sign in. Call under the lock. */
export async function requireOtherOwner(db: Db, leaving: LockedMember): Promise<void> {
  if (leaving.role !== 'owner') return
  const other = await db
    .selectFrom('membership')
    .select('userId')
    .where('role', '=', 'owner')
    .where('disabledAt', 'is', null)
    .where('userId', '<>', leaving.userId)
    .limit(1)
    .executeTakeFirst()
  if (!other) throw lastOwner()
}
