import { recoveryCodeUsed, type EndpointInput, type factorEndpoints, type SignedIn } from '@ai-crm/contracts'
import type { HttpExchange, WriteScope } from '@ai-crm/platform'
import type { Db, PublicCtx } from '../ctx.ts'
import { closeChallenge, takeChallengeAttempt } from '../factors/challenges/answer-challenge.ts'
import { laneOf, returnFactorAttempts, takeFactorAttempt } from '../factors/challenges/factor-budget.ts'
import { checkProof, type Proven } from '../factors/check-proof.ts'
import { factorRefused } from '../factors/errors.ts'
import { rememberThisDevice, setRememberedCookie } from '../factors/remembered-devices/remembered-device.ts'
import { recordSecurityEvent } from '../security-log/record-security-event.ts'
import type { Tables } from '../tables.ts'
import { beginSession } from './begin-session.ts'
import { noteRefusal } from './note-refusal.ts'
import { readSessionCookies } from '../sessions/session-cookies.ts'
import { attemptOf, returnAttempts } from './take-attempt.ts'

type Answer = EndpointInput<typeof factorEndpoints.signInWithSecondFactor>['body']

/** Attempts are taken first, of the challenge and of the person, and only then the answer is looked at. */
export async function signInWithSecondFactor(publicCtx: PublicCtx, { challenge, proof, rememberDevice }: Answer, http: HttpExchange): Promise<SignedIn> {
  const open = await takeChallengeAttempt(publicCtx, challenge, http)
  const { userId, identityProvider } = open
  const lane = await laneOf(publicCtx.db, userId, open.deviceDigest)
  await takeFactorAttempt(publicCtx, userId, lane)
  const proven = await checkProof(publicCtx, { userId, purpose: 'second-factor', origin: http.publicOrigin }, proof)
  if (!proven) {
    noteRefusal(publicCtx, userId, 'factor.refused')
    throw factorRefused()
  }

  const voucher = identityProvider === null ? null : { by: identityProvider, amr: [], acr: null }
  const person = { userId, factors: [identityProvider === null ? 'password' : 'sso', proven.factor], voucher } as const
  let remembered: string | null = null
  const signedIn = await beginSession(publicCtx, person, http, async (scope) => {
    await closeChallenge(scope.db, open)
    await returnFactorAttempts(scope.db, userId, lane)
    const email = await emailOf(scope.db, userId)
    await returnAttempts(scope.db, await attemptOf(publicCtx, scope.db, email, http.clientAddress, readSessionCookies(http).device))
    await announceRecoveryCode(scope, userId, proven)
    if (rememberDevice) remembered = await rememberThisDevice(scope.db, userId, http.userAgent)
  })
  if (remembered !== null) setRememberedCookie(http, remembered)
  return signedIn
}

/** A code that was used up is told to the person and stands in the log. */
export async function announceRecoveryCode(scope: WriteScope<Tables>, userId: string, { factor, codesLeft }: Proven): Promise<void> {
  if (factor !== 'recovery-code') return
  await scope.emit(recoveryCodeUsed({ userId, codesLeft }))
  recordSecurityEvent(scope, { kind: 'factor.recovery-code-used', details: { codesLeft } })
}

async function emailOf(db: Db, userId: string): Promise<string> {
  return (await db.selectFrom('userAccount').select('email').where('id', '=', userId).executeTakeFirstOrThrow()).email
}
