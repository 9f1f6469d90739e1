import type { SignUp } from '@ai-crm/contracts'
import type { HttpExchange } from '@ai-crm/platform'
import { sql } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import { takeRequest } from '../budgets/take-request.ts'
import type { PublicCtx } from '../ctx.ts'
import { refuseCommonPassword } from '../passwords/common-passwords.ts'
import { hashPassword } from '../passwords/hash-password.ts'
import { digestOf, newRefreshToken } from '../sessions/refresh-token.ts'
import { readSessionCookies, rememberDevice } from '../sessions/session-cookies.ts'
import { refuseCaptured } from '../sso/policy/captured.ts'
import { signUpClosed } from './errors.ts'
import { sendSignUpMail } from './sign-up-mail-job.ts'

/**
 * Keeps the sign-up and plans its mail. Does not look whether the address has an account: the answer and the work
 * cannot depend on it, because only the job, whose result nobody but the owner of the address sees, finds out. Throws
 * `signUpClosed` (403).
 */
export async function signUp(publicCtx: PublicCtx, input: SignUp, http: HttpExchange): Promise<void> {
  if (!(await publicCtx.flags.isOn('sign-up'))) throw signUpClosed()
  const { email, name, organizationName, locale, password } = input
  await takeRequest(publicCtx, 'sign-up', email, http.clientAddress)
  await refuseCaptured(publicCtx, email)
  await refuseCommonPassword(password, '/password', [email, name, organizationName])
  const passwordHash = await hashPassword(password)
  const device = readSessionCookies(http).device ?? newRefreshToken()
  const deviceDigest = digestOf(device)
  // What is asked for before it exists belongs to no organisation: the mail is requested under an id of its own.
  await publicCtx.enter(uuidv7(), { type: 'system', id: null }).write(async ({ db, enqueue }) => {
    const expiresAt = sql<Date>`now() + interval '24 hours'`
    await db
      .insertInto('pendingSignUp')
      .values({ tenantId: uuidv7(), userId: uuidv7(), email, name, organizationName, locale, passwordHash, deviceDigest, expiresAt })
      .execute()
    await enqueue(sendSignUpMail, { email, device: deviceDigest.toString('hex') })
  })
  rememberDevice(http, device)
}

/** The mail once more, for the browser that signed up. The same answer and work for whoever asks. */
export async function resendSignUpMail(publicCtx: PublicCtx, email: string, http: HttpExchange): Promise<void> {
  if (!(await publicCtx.flags.isOn('sign-up'))) throw signUpClosed()
  await takeRequest(publicCtx, 'sign-up', email, http.clientAddress)
  const device = digestOf(readSessionCookies(http).device ?? '').toString('hex')
  await publicCtx.enter(uuidv7(), { type: 'system', id: null }).write(({ enqueue }) => enqueue(sendSignUpMail, { email, device }))
}
