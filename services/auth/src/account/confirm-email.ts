import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { revokeKeysSince } from '../api-keys/revoke-keys-since.ts'
import type { Db, PublicCtx } from '../ctx.ts'
import { findLink, forgetLinks, makeLink, useLink } from '../links/account-link.ts'
import { linkOver } from '../links/errors.ts'
import { secretLink } from '../links/link-token.ts'
import { hashPassword } from '../passwords/hash-password.ts'
import { recordSecurityEvent } from '../security-log/record-security-event.ts'
import { requestSystemMail } from '../system-mails/request-system-mail.ts'
import { endOtherSessions } from './end-other-sessions.ts'
import { enterFor } from './organization-of.ts'

/** The new address is confirmed; the old one is told, with a link that takes it back for 7 days. Throws `linkOver` (410). */
export async function confirmEmail(publicCtx: PublicCtx, token: string): Promise<void> {
  const link = await findLink(publicCtx.db, 'confirm-email', token)
  if (!link?.email) throw linkOver()
  const { userId, email: newEmail, currentEmail, name, locale } = link
  const ctx = await enterFor(publicCtx, userId)
  await ctx.write(async (scope) => {
    if (!(await useLink(scope.db, token)) || !(await takeAddress(scope.db, userId, newEmail))) throw linkOver()
    await forgetLinks(scope.db, userId, 'reset-password')
    const back = await makeLink(scope.db, { purpose: 'revert-email', userId, email: currentEmail })
    const parameters = { name, newEmail, link: secretLink(ctx.config, '/revert-email', back.token), expiresAt: back.expiresAt }
    await requestSystemMail(ctx, scope, { to: currentEmail, template: 'email-changed', locale, parameters })
    if (ctx.isMember) recordSecurityEvent(scope, { kind: 'account.email-changed', about: { type: 'user', id: userId } })
  })
}

/**
 * The old address returns. Whoever changed it may know the password: it works no more, all sessions end, ways in that came
 * since go with the keys of programs (the old address was told of none of them), and it gets a link to choose a new one. Throws `linkOver` (410).
 */
export async function revertEmail(publicCtx: PublicCtx, token: string): Promise<void> {
  const link = await findLink(publicCtx.db, 'revert-email', token)
  if (!link?.email) throw linkOver()
  const { userId, email, name, locale, madeAt } = link
  // Before the link is used: whoever is interrupted has it still.
  await revokeKeysSince(publicCtx, userId, madeAt)
  const nobodysPassword = await hashPassword(randomBytes(32).toString('base64'))
  const ctx = await enterFor(publicCtx, userId)
  const finish = await ctx.write(async (scope) => {
    const { db } = scope
    if (!(await useLink(db, token)) || !(await takeAddress(db, userId, email))) throw linkOver()
    await db
      .updateTable('passwordCredential')
      .set({ passwordHash: nobodysPassword, changedAt: sql<Date>`now()` })
      .where('userId', '=', userId)
      .execute()
    await forgetWaysInSince(db, userId, madeAt)
    await forgetLinks(db, userId, 'confirm-email')
    await forgetLinks(db, userId, 'revert-email')
    const reset = await makeLink(db, { purpose: 'reset-password', userId })
    const parameters = { name, link: secretLink(ctx.config, '/reset-password', reset.token), expiresAt: reset.expiresAt }
    await requestSystemMail(ctx, scope, { to: email, template: 'reset-password', locale, parameters })
    if (ctx.isMember) recordSecurityEvent(scope, { kind: 'account.email-changed', about: { type: 'user', id: userId }, details: { reason: 'reverted' } })
    return endOtherSessions(ctx, scope, userId, null)
  })
  await finish()
  // Whoever changed the address had their sessions until now.
  await revokeKeysSince(publicCtx, userId, madeAt)
}

/** What signs in instead of the password. An authenticator app only hinders: it stays, and is taken away like any that is lost. */
async function forgetWaysInSince(db: Db, userId: string, since: Date): Promise<void> {
  await db.deleteFrom('passkey').where('userId', '=', userId).where('createdAt', '>=', since).execute()
  await db.deleteFrom('linkedIdentity').where('userId', '=', userId).where('createdAt', '>=', since).execute()
  await db.deleteFrom('rememberedDevice').where('userId', '=', userId).execute()
  await db.deleteFrom('secondFactorChallenge').where('userId', '=', userId).execute()
}

/** False when somebody else has the address: the unique key decides between two at once. */
async function takeAddress(db: Db, userId: string, email: string): Promise<boolean> {
  const other = await db.selectFrom('userAccount').select('id').where('email', '=', email).where('id', '<>', userId).executeTakeFirst()
  if (other) return false
  await db.updateTable('userAccount').set({ email }).where('id', '=', userId).execute()
  return true
}
