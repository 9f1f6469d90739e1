import { isPermission, type Permission, type Role } from '@ai-crm/contracts'
import type { Ctx } from '../ctx.ts'
import { outranked } from '../members/errors.ts'
import { findMembership } from '../members/get-me.ts'
import { mayHandle } from '../members/member.ts'
import { notYoursToGrant, unknownPermission } from './errors.ts'

/**
 * Nobody can grant what they do not have: neither a permission nor a place above their own. What the actor has is read from
 * the database, for the token may be older than the last change of it. Throws `notYoursToGrant`, `outranked` (403),
 * `unknownPermission` (422).
 */
export async function requireGrantable(ctx: Ctx, role: Role, permissions: readonly string[]): Promise<Permission[]> {
  const known = permissions.filter(isPermission)
  const unknown = permissions.find((name) => !isPermission(name))
  if (unknown !== undefined) throw unknownPermission(unknown)

  const actor = ctx.actor.id === null ? null : await findMembership(ctx, ctx.actor.id)
  if (!actor || !mayHandle(actor.me, role)) throw outranked()
  const missing = known.filter((permission) => !actor.me.permissions.includes(permission))
  if (missing.length > 0) throw notYoursToGrant(missing)
  return [...new Set(known)].toSorted()
}
