import type { Factor } from '@ai-crm/contracts'
import { sql, type Selectable } from 'kysely'
import type { Ctx } from '../ctx.ts'
import type { Tables } from '../tables.ts'
import { isToldSingleFactor } from '../sso/flow/told-strength.ts'
import { findSecondFactors, hasSecondFactor } from '../factors/find-second-factors.ts'

export interface Authentication {
  readonly authenticatedAtMs: number
  readonly factors: readonly Factor[]
}

export interface SessionState extends Authentication {
  /** Everybody needs a second factor here, and the person has none. */
  readonly mustAddFactor: boolean
}

const COMPLETE: readonly Factor[] = ['totp', 'passkey', 'recovery-code']

/**
 * When and how the person of a session has last proven who they are, or null when there is no such session. One that was
 * proven without the second factor that the person has counts as proven long ago: sensitive actions ask for it.
 * Whom the organisation's own provider vouches for needs no factor of ours where everybody needs two: the provider asks for
 * what the organisation wants, unless it says that it asked for one only.
 */
export async function findAuthentication(ctx: Ctx, userId: string, sessionId: string): Promise<SessionState | null> {
  const [session, second] = await Promise.all([findSession(ctx, userId, sessionId), findSecondFactors(ctx.db, userId)])
  if (!session) return null
  const isComplete = !hasSecondFactor(second) || session.factors.some((factor) => COMPLETE.includes(factor))
  const mustAddFactor = session.isFactorRequired && !hasSecondFactor(second) && !isVouchedFor(session)
  return { authenticatedAtMs: isComplete ? session.authenticatedAt.getTime() : 0, factors: session.factors, mustAddFactor }
}

type Vouched = Pick<Selectable<Tables['session']>, 'identityProvider' | 'providerAmr' | 'providerAcr' | 'authenticatedAt'>

/**
 * By the organisation's own provider, unless that says itself that one factor was all. Where it does not say when, nobody could set up
 * another one here, which needs a fresh proof: it is trusted as it is.
 */
const isVouchedFor = ({ identityProvider, providerAmr, providerAcr, authenticatedAt }: Vouched): boolean => {
  const isSingle = isToldSingleFactor(providerAmr ?? [], providerAcr) && authenticatedAt.getTime() > 0
  return identityProvider === 'connection' && !isSingle
}

const findSession = (ctx: Ctx, userId: string, sessionId: string) =>
  ctx.db
    .selectFrom('session')
    .leftJoin('signInPolicy', 'signInPolicy.organizationId', 'session.organizationId')
    .select([
      'authenticatedAt',
      'factors',
      'identityProvider',
      'providerAmr',
      'providerAcr',
      sql<boolean>`second_factor_required_at is not null`.as('isFactorRequired'),
    ])
    .where('id', '=', sessionId)
    .where('userId', '=', userId)
    .executeTakeFirst()
