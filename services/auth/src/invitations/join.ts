import { invitationAccepted, memberJoined, type Role } from '@ai-crm/contracts'
import type { WriteScope } from '@ai-crm/platform'
import { sql } from 'kysely'
import type { Db } from '../ctx.ts'
import { notActive } from '../members/errors.ts'
import { findMember } from '../members/lock-members.ts'
import { recordSecurityEvent } from '../security-log/record-security-event.ts'
import type { Tables } from '../tables.ts'
import { invitationUnknown, removedBefore } from './errors.ts'
import type { Account } from './find-invitation.ts'
import { lockInvitation, requireOpen, roleOf, type InvitationRow } from './invitation.ts'

/** Locks the invitation, and the link it came through: of many who accept at once, one after the other. Throws `invitationOver` (410). */
export async function lockOpen({ db }: Pick<WriteScope<Tables>, 'db'>, id: string): Promise<readonly InvitationRow[]> {
  const row = await lockInvitation(db, id)
  if (!row) throw invitationUnknown()
  const link = row.throughLink === null ? undefined : await lockInvitation(db, row.throughLink)
  const rows = link ? [row, link] : [row]
  rows.forEach(requireOpen)
  return rows
}

/** The person belongs from now on. For a member nothing changes; an invitation by mail is used up all the same. Throws `removedBefore` (403). */
export async function join(scope: WriteScope<Tables>, locked: readonly InvitationRow[], person: Account): Promise<void> {
  const [invitation] = locked
  if (!invitation) throw invitationUnknown()
  const { id: userId, name, email } = person
  const role = roleOf(invitation)
  const known = await findMember(scope.db, userId)
  if (known?.disabledAt) throw notActive()
  if (known && invitation.kind === 'link') return
  const isForAnybody = locked.some(({ email: only }) => only === null)
  if (!known && isForAnybody && (await wasRemoved(scope.db, userId))) throw removedBefore()
  for (const { id } of locked)
    await scope.db
      .updateTable('invitation')
      .set({ uses: sql<number>`uses + 1` })
      .where('id', '=', id)
      .execute()
  const by = { type: 'user', id: userId } as const
  await scope.emit(invitationAccepted({ invitationId: invitation.id, userId }), by)
  recordSecurityEvent(scope, { kind: 'invitation.accepted', about: { type: 'invitation', id: invitation.id }, by })
  if (known) return
  await scope.db.deleteFrom('ssoExclusion').where('userId', '=', userId).execute()
  if (!(await becomeMember(scope.db, userId, role))) return
  await scope.emit(memberJoined({ userId, name, email, role, invitationId: invitation.id }), by)
  recordSecurityEvent(scope, { kind: 'member.joined', about: { type: 'user', id: userId }, details: { role }, by })
}

/** False for who came in by another door at the same moment. */
export async function becomeMember(db: Db, userId: string, role: Role): Promise<boolean> {
  const joined = await db
    .insertInto('membership')
    .values({ userId, role })
    .onConflict((conflict) => conflict.columns(['organizationId', 'userId']).doNothing())
    .returning('userId')
    .executeTakeFirst()
  return joined !== undefined
}

/** A link is known to whoever has used it: it does not undo that an administrator has removed them. */
const wasRemoved = async (db: Db, userId: string): Promise<boolean> =>
  (await db.selectFrom('ssoExclusion').select('userId').where('userId', '=', userId).executeTakeFirst()) !== undefined
