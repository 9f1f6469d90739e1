import type { Factor, SignedIn, StepUpProof } from '@ai-crm/contracts'
import type { HttpExchange } from '@ai-crm/platform'
import type { Ctx } from '../ctx.ts'
import { laneOf, returnFactorAttempts, takeFactorAttempt } from '../factors/challenges/factor-budget.ts'
import { checkProof, type Proven } from '../factors/check-proof.ts'
import { factorRefused } from '../factors/errors.ts'
import { findSecondFactors, hasSecondFactor } from '../factors/find-second-factors.ts'
import type { ActingPerson } from '../factors/follow-factor-change.ts'
import { verifyPassword } from '../passwords/hash-password.ts'
import { recordSecurityEvent } from '../security-log/record-security-event.ts'
import { sessionOver } from '../sessions/errors.ts'
import { issueAccess } from '../sessions/issue-access.ts'
import { announceRecoveryCode } from '../sign-in/sign-in-with-second-factor.ts'
import { proveInSession } from './prove-in-session.ts'

/** A fresh access token of the same session, for who has just proven again to be its person. Throws `factorRefused` (403). */
export async function stepUp(ctx: Ctx, person: ActingPerson, proof: StepUpProof, http: HttpExchange): Promise<SignedIn> {
  const { userId, sessionId } = person
  const session = await ctx.db.selectFrom('session').select('deviceDigest').where('id', '=', sessionId).where('userId', '=', userId).executeTakeFirst()
  if (!session) throw sessionOver()
  const lane = await laneOf(ctx.db, userId, session.deviceDigest)
  await takeFactorAttempt(ctx, userId, lane)
  const proven = await check(ctx, userId, proof, http.publicOrigin)
  if (!proven) {
    await ctx.write(async (scope) => recordSecurityEvent(scope, { kind: 'factor.refused', details: { method: proof.method } }))
    throw factorRefused()
  }
  await ctx.write(async (scope) => {
    await returnFactorAttempts(scope.db, userId, lane)
    if (proven !== 'password') await announceRecoveryCode(scope, userId, proven)
    const factor: Factor = proven === 'password' ? proven : proven.factor
    if (!(await proveInSession(scope.db, sessionId, factor))) throw sessionOver()
  })
  return issueAccess(ctx, person)
}

async function check(ctx: Ctx, userId: string, proof: StepUpProof, origin: string): Promise<Proven | 'password' | null> {
  if (proof.method !== 'password') return checkProof(ctx, { userId, purpose: 'step-up', origin }, proof)
  const credential = await ctx.db.selectFrom('passwordCredential').select('passwordHash').where('userId', '=', userId).executeTakeFirst()
  const isRight = await verifyPassword(credential?.passwordHash ?? null, proof.password)
  // Who has a second factor has to show it: whoever only knows the password must not get any further.
  return isRight && !hasSecondFactor(await findSecondFactors(ctx.db, userId)) ? 'password' : null
}
