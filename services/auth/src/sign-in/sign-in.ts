import type { SignedIn, SignIn } from '@ai-crm/contracts'
import type { HttpExchange } from '@ai-crm/platform'
import { sql } from 'kysely'
import type { PublicCtx } from '../ctx.ts'
import { verifyPassword } from '../passwords/hash-password.ts'
import { issueAccess } from '../sessions/issue-access.ts'
import { readSessionCookies, rememberDevice, rememberSession } from '../sessions/session-cookies.ts'
import { startSession } from '../sessions/start-session.ts'
import { noOrganization, signInRefused } from './errors.ts'
import { noteRefusal } from './note-refusal.ts'
import { returnAttempts, takeAttempt } from './take-attempt.ts'

/** Signs in to the organisation that the person joined first. Throws `signInRefused` (401), after equal work for all. */
export async function signIn(publicCtx: PublicCtx, { email, password }: SignIn, http: HttpExchange): Promise<SignedIn> {
  await takeAttempt(publicCtx, email, http.clientAddress)
  const account = await findAccount(publicCtx, email)
  const isRight = await verifyPassword(account?.passwordHash ?? null, password)
  if (account && !isRight) noteRefusal(publicCtx, account.id)
  if (!account || !isRight) throw signInRefused()

  const organizationId = await findOrganization(publicCtx, account.id)
  if (organizationId === null) throw noOrganization()

  const ctx = publicCtx.enter(organizationId, { type: 'user', id: account.id })
  const { device } = readSessionCookies(http)
  const session = await ctx.write(async (scope) => {
    await returnAttempts(ctx, scope.db, email, http.clientAddress)
    return startSession(ctx, scope, account.id, { device, userAgent: http.userAgent })
  })
  const signedIn = await issueAccess(ctx, { userId: account.id, sessionId: session.sessionId })
  rememberSession(http, session.refreshToken, session.refreshExpiresAt)
  rememberDevice(http, session.device)
  return signedIn
}

const findAccount = (ctx: PublicCtx, email: string) =>
  ctx.db
    .selectFrom('userAccount')
    .leftJoin('passwordCredential', 'passwordCredential.userId', 'userAccount.id')
    .select(['userAccount.id', 'passwordCredential.passwordHash'])
    .where('userAccount.email', '=', email)
    .executeTakeFirst()

async function findOrganization(ctx: PublicCtx, userId: string): Promise<string | null> {
  const { rows } = await sql<{ organizationId: string }>`select organization_id from auth.organizations_of_user(${userId}) limit 1`.execute(ctx.db)
  return rows[0]?.organizationId ?? null
}
