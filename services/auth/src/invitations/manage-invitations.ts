import { invitationRenewed, invitationRevoked, ROLE_PERMISSIONS, type Invitation } from '@ai-crm/contracts'
import { notFound } from '@ai-crm/platform'
import { sql } from 'kysely'
import type { Ctx, Db } from '../ctx.ts'
import { outranked } from '../members/errors.ts'
import { lockActor } from '../members/lock-members.ts'
import { mayHandle } from '../members/member.ts'
import { requireProofToGive } from '../step-up/require-proof-to-give.ts'
import { recordSecurityEvent } from '../security-log/record-security-event.ts'
import { invitationOver } from './errors.ts'
import { endOfInvitation, lockInvitation, requireOpen, roleOf, stateOf, toInvitation, type InvitationRow } from './invitation.ts'
import { announce, requireMail } from './invite.ts'
import { replaceToken, sendInvitation } from './send-invitation.ts'

const LIMIT = 200

/** The newest first. */
export async function listInvitations(ctx: Ctx): Promise<{ items: Invitation[] }> {
  const rows = await ctx.db.selectFrom('invitation').selectAll().orderBy('createdAt', 'desc').orderBy('id').limit(LIMIT).execute()
  return { items: rows.map(toInvitation) }
}

/** The mail once more, with a new link and new time; an expired invitation lives again. Throws `notFound`, `invitationOver` (410), `outranked`, `stepUpNeeded` (403), `tooManyMails` (429). */
export async function resendInvitation(ctx: Ctx, id: string): Promise<Invitation> {
  return ctx.write(async (scope) => {
    const row = await lockOwn(ctx, scope.db, id)
    const state = stateOf(row)
    if (state === 'accepted' || state === 'revoked') throw invitationOver(state)
    if (row.kind !== 'email' || row.email === null) throw notFound('invitation by mail')
    requireProofToGive(ctx, ROLE_PERMISSIONS[roleOf(row)])
    await requireMail(ctx, scope.db, row.email)
    const renewed = await renew(scope.db, id)
    await sendInvitation(ctx, scope, renewed)
    await announce(scope, renewed, invitationRenewed)
    return toInvitation(renewed)
  })
}

/** A link that works from now on, instead of the one before. Throws `notFound`, `invitationOver` (410), `outranked`, `stepUpNeeded` (403). */
export async function makeLink(ctx: Ctx, id: string): Promise<{ link: string }> {
  return ctx.write(async ({ db }) => {
    const row = await lockOwn(ctx, db, id)
    if (row.kind !== 'link') throw notFound('invitation by link')
    requireOpen(row)
    requireProofToGive(ctx, ROLE_PERMISSIONS[roleOf(row)])
    return { link: await replaceToken(ctx, db, id) }
  })
}

/** Nobody can accept it from now on; revoking again changes nothing. Throws `notFound`, `outranked`. */
export async function revokeInvitation(ctx: Ctx, id: string): Promise<void> {
  await ctx.write(async (scope) => {
    const row = await lockOwn(ctx, scope.db, id)
    if (row.revokedAt || stateOf(row) === 'accepted') return
    await scope.db
      .updateTable('invitation')
      .set({ revokedAt: sql<Date>`now()` })
      .where('id', '=', id)
      .execute()
    await scope.emit(invitationRevoked({ invitationId: id }))
    recordSecurityEvent(scope, { kind: 'invitation.revoked', about: { type: 'invitation', id } })
  })
}

/** Members first, then the invitation: the order in which every command locks. */
async function lockOwn(ctx: Ctx, db: Db, id: string): Promise<InvitationRow> {
  const known = await db.selectFrom('invitation').select('role').where('id', '=', id).executeTakeFirst()
  if (!known) throw notFound('invitation')
  if (!mayHandle(await lockActor(ctx, db, 'auth.member.invite'), roleOf(known))) throw outranked()
  const row = await lockInvitation(db, id)
  if (!row) throw notFound('invitation')
  return row
}

const renew = (db: Db, id: string): Promise<InvitationRow> =>
  db
    .updateTable('invitation')
    .set({ expiresAt: endOfInvitation(), sentAt: sql<Date>`now()` })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
