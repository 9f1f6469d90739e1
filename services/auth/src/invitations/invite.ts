import {
  invitationCreated,
  invitationRenewed,
  isAdministering,
  ROLE_PERMISSIONS,
  type Invitation,
  type InviteByEmail,
  type InviteByLink,
  type Role,
} from '@ai-crm/contracts'
import type { WriteScope } from '@ai-crm/platform'
import { sql } from 'kysely'
import { waitForInvitationMail } from '../budgets/take-invitation-mail.ts'
import type { Ctx, Db } from '../ctx.ts'
import { lockActor } from '../members/lock-members.ts'
import { recordSecurityEvent } from '../security-log/record-security-event.ts'
import { requireBuiltIn } from '../roles/grantable.ts'
import { requireProofToGive } from '../step-up/require-proof-to-give.ts'
import type { Tables } from '../tables.ts'
import { addressNeeded, alreadyMember, tooManyInvitations, tooManyMails } from './errors.ts'
import { endOfInvitation, roleOf, toInvitation, type InvitationRow } from './invitation.ts'
import { sendInvitation } from './send-invitation.ts'

const MOST_OPEN = 200
const MOST_ASKED = 100

/** Throws what `lockInviter` throws (403), `alreadyMember` and `tooManyInvitations` (409), `tooManyMails` (429). */
export async function inviteByEmail(ctx: Ctx, input: InviteByEmail): Promise<Invitation> {
  return ctx.write(async (scope) => {
    const invitedBy = await lockInviter(ctx, scope.db, input.role)
    await requireStranger(scope.db, input.email)
    await requireMail(ctx, scope.db, input.email)
    return toInvitation(await inviteAddress(ctx, scope, { ...input, invitedBy, throughLink: null }))
  })
}

/** Without a link yet: that is made, and shown, by `makeLink`. Throws what `lockInviter` throws (403), `alreadyMember`, `tooManyInvitations` (409), `addressNeeded` (422). */
export async function inviteByLink(ctx: Ctx, { role, locale, maxUses, domain, email }: InviteByLink): Promise<Invitation> {
  // Whoever else reads the chat that it stands in must not administer the organisation.
  if (email === null && [...ROLE_PERMISSIONS[role]].some(isAdministering)) throw addressNeeded()
  return ctx.write(async (scope) => {
    const invitedBy = await lockInviter(ctx, scope.db, role)
    if (email !== null) await requireStranger(scope.db, email)
    await requireRoom(scope.db)
    const row = await scope.db
      .insertInto('invitation')
      .values({ kind: 'link', role, locale, maxUses: email === null ? maxUses : 1, domain, email, invitedBy, expiresAt: endOfInvitation() })
      .returningAll()
      .executeTakeFirstOrThrow()
    await announce(scope, row, invitationCreated)
    return toInvitation(row)
  })
}

interface ForAddress extends InviteByEmail {
  readonly invitedBy: string
  readonly throughLink: string | null
}

/** A new invitation, or the open one of the address with new role, time and link; mailed. Under the lock of the members. */
export async function inviteAddress(ctx: Ctx, scope: WriteScope<Tables>, { email, role, locale, invitedBy, throughLink }: ForAddress): Promise<InvitationRow> {
  const values = { role, locale, invitedBy, throughLink, expiresAt: endOfInvitation(), sentAt: sql<Date>`now()` }
  const renewed = await scope.db
    .updateTable('invitation')
    .set(values)
    .where('kind', '=', 'email')
    .where('email', '=', email)
    .where('revokedAt', 'is', null)
    .where('uses', '=', 0)
    .returningAll()
    .executeTakeFirst()
  if (!renewed && throughLink === null) await requireRoom(scope.db)
  const row =
    renewed ??
    (await scope.db
      .insertInto('invitation')
      .values({ kind: 'email', email, ...values })
      .returningAll()
      .executeTakeFirstOrThrow())
  await sendInvitation(ctx, scope, row)
  await announce(scope, row, renewed ? invitationRenewed : invitationCreated)
  return row
}

export async function announce(scope: WriteScope<Tables>, row: InvitationRow, event: typeof invitationCreated | typeof invitationRenewed): Promise<void> {
  const role = roleOf(row)
  await scope.emit(event({ invitationId: row.id, kind: row.kind, email: row.email, role, expiresAt: row.expiresAt.toISOString() }))
  recordSecurityEvent(scope, {
    kind: event.type === 'invitation.created' ? 'invitation.created' : 'invitation.resent',
    about: { type: 'invitation', id: row.id },
    details: { email: row.email, role },
  })
}

/** Who invites to this role, at most their own. Throws what `lockActor` and `requireBuiltIn` throw, `stepUpNeeded` (403). */
async function lockInviter(ctx: Ctx, db: Db, role: Role): Promise<string> {
  const actor = await lockActor(ctx, db, 'auth.member.invite')
  requireBuiltIn(actor, role)
  requireProofToGive(ctx, ROLE_PERMISSIONS[role])
  return actor.userId
}

async function requireStranger(db: Db, email: string): Promise<void> {
  const member = await db
    .selectFrom('membership')
    .innerJoin('userAccount', 'userAccount.id', 'membership.userId')
    .select('userId')
    .where('userAccount.email', '=', email)
    .executeTakeFirst()
  if (member) throw alreadyMember()
}

/** Throws `tooManyMails` (429). */
export async function requireMail(ctx: Ctx, db: Db, email: string): Promise<void> {
  const retryAfterSeconds = await waitForInvitationMail(ctx, db, email)
  if (retryAfterSeconds !== null) throw tooManyMails(retryAfterSeconds)
}

/** What strangers ask for with a link does not count: they cannot use up the room of who invites. */
async function requireRoom(db: Db): Promise<void> {
  const { open } = await selectOpen(db).where('throughLink', 'is', null).executeTakeFirstOrThrow()
  if (open >= MOST_OPEN) throw tooManyInvitations(MOST_OPEN)
}

/** Whether one more may be sent to whoever asks with a link. */
export async function isRoomToAsk(db: Db): Promise<boolean> {
  const { open } = await selectOpen(db).where('throughLink', 'is not', null).executeTakeFirstOrThrow()
  return open < MOST_ASKED
}

const selectOpen = (db: Db) =>
  db
    .selectFrom('invitation')
    .select(({ fn }) => fn.countAll<number>().as('open'))
    .where('revokedAt', 'is', null)
    .whereRef('uses', '<', 'maxUses')
    .where('expiresAt', '>', sql<Date>`now()`)
