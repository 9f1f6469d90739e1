import type { SignIn, SignInAnswer } from '@ai-crm/contracts'
import type { HttpExchange } from '@ai-crm/platform'
import type { Db, PublicCtx } from '../ctx.ts'
import { openChallenge } from '../factors/challenges/open-challenge.ts'
import { findSecondFactors, hasSecondFactor } from '../factors/find-second-factors.ts'
import { isRemembered } from '../factors/remembered-devices/remembered-device.ts'
import { verifyPassword } from '../passwords/hash-password.ts'
import { readSessionCookies } from '../sessions/session-cookies.ts'
import { beginSession, requirePlace } from './begin-session.ts'
import { ssoRequired } from '../sso/errors.ts'
import { findCapture } from '../sso/policy/captured.ts'
import { signInRefused } from './errors.ts'
import { noteRefusal } from './note-refusal.ts'
import { returnAttempts, takeAttempt } from './take-attempt.ts'
import { watchSprays } from './watch-sprays.ts'

/**
 * Signs in, or asks for the second factor of who has one. Throws `signInRefused` (401), after equal work for all. Attempts
 * are given back to who has signed in completely: the password alone does not refill them.
 */
export async function signIn(publicCtx: PublicCtx, { email, password }: SignIn, http: HttpExchange): Promise<SignInAnswer> {
  const attempt = await takeAttempt(publicCtx, email, http.clientAddress, readSessionCookies(http).device)
  const account = await findAccount(publicCtx, email)
  const isRight = await verifyPassword(account?.passwordHash ?? null, password)
  if (account && !isRight) noteRefusal(publicCtx, account.id)
  if (!isRight) watchSprays(publicCtx, { email, password }, http.clientAddress)
  if (!account || !isRight) throw await refusalFor(publicCtx, email)

  const factors = await findSecondFactors(publicCtx.db, account.id)
  await requirePlace(publicCtx, account.id, { factors: hasSecondFactor(factors) ? ['password', 'totp'] : ['password'], voucher: null })
  const isRememberedHere = hasSecondFactor(factors) && (await isRemembered(publicCtx, account.id, http))
  const check = (db: Db) => lockPassword(db, account)
  if (hasSecondFactor(factors) && !isRememberedHere) return openChallenge(publicCtx, account.id, factors, http, { identityProvider: null, check })

  const person = { userId: account.id, factors: isRememberedHere ? (['password', 'remembered-device'] as const) : (['password'] as const) }
  return beginSession(publicCtx, person, http, async ({ db }) => {
    await check(db)
    await returnAttempts(db, attempt)
  })
}

/** Where single sign-on is enforced, whoever has an address of the domain hears the way in, account or not. */
async function refusalFor(publicCtx: PublicCtx, email: string): Promise<Error> {
  return (await findCapture(publicCtx, email))?.isEnforced ? ssoRequired() : signInRefused()
}

const findAccount = (ctx: PublicCtx, email: string) =>
  ctx.db
    .selectFrom('userAccount')
    .leftJoin('passwordCredential', 'passwordCredential.userId', 'userAccount.id')
    .select(['userAccount.id', 'passwordCredential.passwordHash'])
    .where('userAccount.email', '=', email)
    .executeTakeFirst()

/** A password that was changed while it was being checked signs nobody in, and asks for no second factor: its sessions have just been ended. */
async function lockPassword(db: Db, { id, passwordHash }: { id: string; passwordHash: string | null }): Promise<void> {
  const row = await db.selectFrom('passwordCredential').select('passwordHash').where('userId', '=', id).forShare().executeTakeFirst()
  if (!row || row.passwordHash !== passwordHash) throw signInRefused()
}
