import type { SignedIn, SignUp } from '@ai-crm/contracts'
import type { HttpExchange } from '@ai-crm/platform'
import { v7 as uuidv7 } from 'uuid'
import type { PublicCtx } from '../ctx.ts'
import { hashPassword } from '../passwords/hash-password.ts'
import { issueAccess } from '../sessions/issue-access.ts'
import { readSessionCookies, rememberDevice, rememberSession } from '../sessions/session-cookies.ts'
import { startSession } from '../sessions/start-session.ts'
import { takeAttempt } from '../sign-in/take-attempt.ts'
import { claimSlug } from './claim-slug.ts'
import { createAccount } from './create-account.ts'
import { signUpRefused } from './errors.ts'
import { foundOrganization } from './found-organization.ts'

/** Person, organisation, ownership and first session, all or nothing. Throws `signUpRefused` (409). */
export async function signUp(publicCtx: PublicCtx, input: SignUp, http: HttpExchange): Promise<SignedIn> {
  await takeAttempt(publicCtx, input.email, http.clientAddress)
  const passwordHash = await hashPassword(input.password)
  const founder = { userId: uuidv7(), name: input.name, email: input.email, locale: input.locale }
  const ctx = publicCtx.enter(uuidv7(), { type: 'user', id: founder.userId })
  const { device } = readSessionCookies(http)

  const session = await ctx.write(async (scope) => {
    if (!(await createAccount(scope.db, founder, passwordHash))) throw signUpRefused()
    const slug = await claimSlug(scope.db, ctx.organizationId, input.organizationName)
    await foundOrganization(ctx, scope, { name: input.organizationName, slug }, founder)
    return startSession(ctx, scope, founder.userId, { device, userAgent: http.userAgent })
  })
  const signedIn = await issueAccess(ctx, { userId: founder.userId, sessionId: session.sessionId })
  rememberSession(http, session.refreshToken, session.refreshExpiresAt)
  rememberDevice(http, session.device)
  return signedIn
}
