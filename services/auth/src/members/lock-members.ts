import { CustomGrant, rightsOf, type Permission, type Rights, type Role } from '@ai-crm/contracts'
import { notFound, permissionDenied } from '@ai-crm/platform'
import type { Ctx, Db } from '../ctx.ts'
import { lastOwner, outranked } from './errors.ts'
import { mayHandle } from './member.ts'

/** As they are now, with what they may do. */
export interface LockedMember extends Rights {
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

export async function findMember(db: Db, userId: string): Promise<LockedMember | undefined> {
  const row = await db
    .selectFrom('membership')
    .leftJoin('role as customRole', (join) =>
      join.onRef('customRole.organizationId', '=', 'membership.organizationId').onRef('customRole.id', '=', 'membership.customRoleId'),
    )
    .select(['membership.userId', 'membership.role', 'membership.customRoleId', 'membership.version', 'membership.disabledAt'])
    .select(['customRole.permissions', 'customRole.scopes', 'customRole.fields'])
    .where('membership.userId', '=', userId)
    .executeTakeFirst()
  if (!row) return undefined
  const { permissions, scopes, fields, ...member } = row
  const grant = row.customRoleId === null ? null : CustomGrant.parse({ roleId: row.customRoleId, permissions, scopes, fields })
  return { ...member, ...rightsOf(row.role, grant) }
}

/** Who acts, as they are now. Throws `outranked` (403) for who does not belong here any more. */
async function findSelf(ctx: Ctx, db: Db): Promise<LockedMember> {
  const actor = ctx.actor.id === null ? undefined : await findMember(db, ctx.actor.id)
  if (!actor || actor.disabledAt) throw outranked()
  return actor
}

export async function lockSelf(ctx: Ctx, db: Db): Promise<LockedMember> {
  await lockMembers(db)
  return findSelf(ctx, db)
}

/** Who acts, if they still have the permission that their token was let in for. Throws `outranked`, `permissionDenied` (403). */
export async function findActor(ctx: Ctx, db: Db, permission: Permission): Promise<LockedMember> {
  const actor = await findSelf(ctx, db)
  if (!actor.permissions.has(permission)) throw permissionDenied(permission)
  return actor
}

/**
 * The same until the end of the transaction: tokens live on for some seconds after rights have changed, and what decides who may do what
 * must not. Throws what `findActor` throws.
 */
export async function lockActor(ctx: Ctx, db: Db, permission: Permission): Promise<LockedMember> {
  await lockMembers(db)
  return findActor(ctx, db, permission)
}

/** Somebody whom the actor may change. Throws `notFound` (404), `outranked`, `permissionDenied` (403). */
export async function lockTarget(
  ctx: Ctx,
  db: Db,
  userId: string,
  permission: Permission = 'auth.member.manage',
): Promise<{ actor: LockedMember; target: LockedMember }> {
  const actor = await lockActor(ctx, db, permission)
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
