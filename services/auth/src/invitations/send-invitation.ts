import type { Locale, Role } from '@ai-crm/contracts'
import type { WriteScope } from '@ai-crm/platform'
import type { Ctx, Db } from '../ctx.ts'
import { linkDigest, newLinkToken, secretLink } from '../links/link-token.ts'
import { requestSystemMail } from '../system-mails/request-system-mail.ts'
import type { Tables } from '../tables.ts'
import { roleOf, type InvitationRow } from './invitation.ts'

const ROLE_NAMES: Readonly<Record<Locale, Record<Role, string>>> = {
  en: { owner: 'Owner', admin: 'Administrator', manager: 'Manager', member: 'Member', viewer: 'Viewer' },
  ru: { owner: 'Владелец', admin: 'Администратор', manager: 'Руководитель', member: 'Участник', viewer: 'Наблюдатель' },
}

/** The only token of the invitation from now on: older links lead nowhere. */
export async function replaceToken(ctx: Pick<Ctx, 'organizationId' | 'config'>, db: Db, invitationId: string): Promise<string> {
  const token = newLinkToken()
  await db.deleteFrom('invitationToken').where('tenantId', '=', ctx.organizationId).where('invitationId', '=', invitationId).execute()
  await db
    .insertInto('invitationToken')
    .values({ digest: linkDigest(token), tenantId: ctx.organizationId, invitationId })
    .execute()
  return secretLink(ctx.config, '/join', token)
}

/** A new link, on its way to the address, in the caller's transaction; the caller has counted the mail. */
export async function sendInvitation(ctx: Ctx, scope: WriteScope<Tables>, invitation: InvitationRow): Promise<void> {
  const { email, locale } = invitation
  if (email === null) throw new Error('An invitation by link has no address to be sent to.')
  const link = await replaceToken(ctx, scope.db, invitation.id)
  const role = roleOf(invitation)
  await requestSystemMail(ctx, scope, {
    to: email,
    template: 'invitation',
    locale,
    parameters: {
      ...(await namesFor(scope.db, invitation.invitedBy)),
      roleName: ROLE_NAMES[locale][role],
      link,
      expiresAt: invitation.expiresAt.toISOString(),
    },
  })
}

/** Who invites to what. */
export async function namesFor(db: Db, inviterId: string): Promise<{ organizationName: string; inviterName: string }> {
  const organization = await db.selectFrom('organization').select('name').executeTakeFirstOrThrow()
  const inviter = await db.selectFrom('userAccount').select('name').where('id', '=', inviterId).executeTakeFirst()
  return { organizationName: organization.name, inviterName: inviter?.name ?? organization.name }
}
