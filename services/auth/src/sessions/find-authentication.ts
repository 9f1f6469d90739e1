import type { Factor } from '@ai-crm/contracts'
import type { Ctx } from '../ctx.ts'
import { findSecondFactors, hasSecondFactor } from '../factors/find-second-factors.ts'

export interface Authentication {
  readonly authenticatedAtMs: number
  readonly factors: readonly Factor[]
}

const COMPLETE: readonly Factor[] = ['totp', 'passkey', 'recovery-code']

/**
 * When and how the person of a session has last proven who they are, or null when there is no such session. One that was
 * proven without the second factor that the person has counts as proven long ago: sensitive actions ask for it.
 */
export async function findAuthentication(ctx: Ctx, userId: string, sessionId: string): Promise<Authentication | null> {
  const [session, second] = await Promise.all([
    ctx.db.selectFrom('session').select(['authenticatedAt', 'factors']).where('id', '=', sessionId).where('userId', '=', userId).executeTakeFirst(),
    findSecondFactors(ctx.db, userId),
  ])
  if (!session) return null
  const isComplete = !hasSecondFactor(second) || session.factors.some((factor) => COMPLETE.includes(factor))
  return { authenticatedAtMs: isComplete ? session.authenticatedAt.getTime() : 0, factors: session.factors }
}
