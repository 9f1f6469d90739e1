import type { ConfirmSignUp, SignedIn } from '@ai-crm/contracts'
import type { HttpExchange } from '@ai-crm/platform'
import { sql } from 'kysely'
import type { PublicCtx } from '../ctx.ts'
import { linkOver } from '../links/errors.ts'
import { linkDigest } from '../links/link-token.ts'
import { wrongPassword } from '../passwords/errors.ts'
import { verifyPassword } from '../passwords/hash-password.ts'
import { issueAccess } from '../sessions/issue-access.ts'
import { digestOf } from '../sessions/refresh-token.ts'
import { readSessionCookies, rememberDevice, rememberSession } from '../sessions/session-cookies.ts'
import { startSession } from '../sessions/start-session.ts'
import { refuseCaptured } from '../sso/policy/captured.ts'
import { claimSlug } from './claim-slug.ts'
import { createAccount } from './create-account.ts'
import { passwordNeeded, signUpClosed } from './errors.ts'
import { foundOrganization } from './found-organization.ts'

const WRONG_PASSWORDS = 5

/**
 * Person, organisation, ownership and first session, all or nothing, by the secret of the mail. Throws `linkOver` (410),
 * also when the address got an account meanwhile; in another browser `passwordNeeded` (403) or `wrongPassword` (403);
 * while sign-up is switched off `signUpClosed` (403), and the link keeps working afterwards.
 */
export async function confirmSignUp(publicCtx: PublicCtx, { token, password }: ConfirmSignUp, http: HttpExchange): Promise<SignedIn> {
  if (!(await publicCtx.flags.isOn('sign-up'))) throw signUpClosed()
  const pending = await findPending(publicCtx, token)
  if (!pending) throw linkOver()
  const { device } = readSessionCookies(http)
  const isSameBrowser = device !== null && digestOf(device).equals(pending.deviceDigest)
  if (!isSameBrowser) await proveChoice(publicCtx, pending, password)

  await refuseCaptured(publicCtx, pending.email)
  const { userId, tenantId, name, email, locale, organizationName, passwordHash } = pending
  const ctx = publicCtx.enter(tenantId, { type: 'user', id: userId })
  const session = await ctx.write(async (scope) => {
    const used = await scope.db.deleteFrom('pendingSignUp').where('id', '=', pending.id).returning('id').executeTakeFirst()
    if (!used || !(await createAccount(scope.db, { userId, name, email, locale }, passwordHash))) throw linkOver()
    const slug = await claimSlug(scope.db, tenantId, organizationName)
    await foundOrganization(ctx, scope, { name: organizationName, slug }, { userId, name, email, locale })
    return startSession(ctx, scope, userId, { device, userAgent: http.userAgent })
  })
  const signedIn = await issueAccess(ctx, { userId, sessionId: session.sessionId })
  rememberSession(http, session.refreshToken, session.refreshExpiresAt)
  rememberDevice(http, session.device)
  return signedIn
}

const findPending = (ctx: PublicCtx, token: string) =>
  ctx.db
    .selectFrom('pendingSignUp')
    .selectAll()
    .where('linkDigest', '=', linkDigest(token))
    .where('expiresAt', '>', sql<Date>`now()`)
    .where('wrongPasswords', '<', WRONG_PASSWORDS)
    .executeTakeFirst()

/**
 * Another browser opened the link. Whoever owns the mailbox but did not sign up does not know the password: nobody can
 * prepare an account in another's name and wait for them to bring it to life.
 */
async function proveChoice(ctx: PublicCtx, { id, passwordHash }: { id: string; passwordHash: string }, password: string | undefined): Promise<void> {
  if (password === undefined) throw passwordNeeded()
  const counted = await ctx.write(({ db }) =>
    db
      .updateTable('pendingSignUp')
      .set({ wrongPasswords: sql`wrong_passwords + 1` })
      .where('id', '=', id)
      .where('wrongPasswords', '<', WRONG_PASSWORDS)
      .returning('id')
      .executeTakeFirst(),
  )
  if (!counted) throw linkOver()
  if (!(await verifyPassword(passwordHash, password))) throw wrongPassword('/password')
}
