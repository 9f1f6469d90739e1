import type { PublicCtx } from '../ctx.ts'
import type { Ctx } from '../ctx.ts'
import { linkDigest } from '../links/link-token.ts'
import { invitationUnknown } from './errors.ts'
import type { InvitationRow } from './invitation.ts'

export interface FoundInvitation {
  /** Nobody acts yet: whoever opened the link. */
  readonly ctx: Ctx
  readonly invitation: InvitationRow
}

/** The invitation of a link; only we could have written the digest of these 256 bits. Throws `invitationUnknown` (404). */
export async function findInvitation(publicCtx: PublicCtx, token: string): Promise<FoundInvitation> {
  const known = await publicCtx.db.selectFrom('invitationToken').select(['tenantId', 'invitationId']).where('digest', '=', linkDigest(token)).executeTakeFirst()
  if (!known) throw invitationUnknown()
  const ctx = publicCtx.enter(known.tenantId, { type: 'system', id: null })
  const invitation = await ctx.db.selectFrom('invitation').selectAll().where('id', '=', known.invitationId).executeTakeFirst()
  if (!invitation) throw invitationUnknown()
  return { ctx, invitation }
}

export interface Account {
  readonly id: string
  readonly name: string
  readonly email: string
}

export const findAccountById = (ctx: PublicCtx, id: string): Promise<Account | undefined> =>
  ctx.db.selectFrom('userAccount').select(['id', 'name', 'email']).where('id', '=', id).executeTakeFirst()

export const findAccountByEmail = (ctx: PublicCtx, email: string): Promise<Account | undefined> =>
  ctx.db.selectFrom('userAccount').select(['id', 'name', 'email']).where('email', '=', email).executeTakeFirst()
