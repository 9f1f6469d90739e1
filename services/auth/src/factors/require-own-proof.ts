import type { Factor } from '@ai-crm/contracts'
import { stepUpNeeded } from '@ai-crm/platform'
import type { Ctx } from '../ctx.ts'
import { onlyVouched } from './errors.ts'
import type { ActingPerson } from './follow-factor-change.ts'
import { isNowhereBut } from './reset/request-reset.ts'

const OWN: readonly Factor[] = ['password', 'totp', 'passkey', 'recovery-code']

/*
 * An organisation's own provider vouches for its people there only. What is added to an account counts in every organisation of its
 * person: whoever runs that provider must not come into the others by it. So who belongs to others too shows something of their own first.
 */

/** Before a way in is added. Throws `stepUpNeeded`, and `onlyVouched` (403) for who has no password to show. */
export async function requireOwnProof(ctx: Ctx, person: ActingPerson): Promise<void> {
  const missing = await missingProof(ctx, person)
  if (missing === 'any') throw onlyVouched()
  if (missing === 'password') throw stepUpNeeded()
}

/** Before what opens nothing by itself is added: it must not shut out who has a password. Throws `stepUpNeeded` (403). */
export async function requirePasswordIfAny(ctx: Ctx, person: ActingPerson): Promise<void> {
  if ((await missingProof(ctx, person)) === 'password') throw stepUpNeeded()
}

/** Null: nothing is missing. An app that was added in such a session is nobody's proof without a password before it. */
async function missingProof({ db, organizationId }: Ctx, { userId, sessionId }: ActingPerson): Promise<'password' | 'any' | null> {
  const session = await db.selectFrom('session').select(['identityProvider', 'factors']).where('id', '=', sessionId).executeTakeFirst()
  if (session?.identityProvider !== 'connection' || (await isNowhereBut(db, userId, organizationId))) return null
  const password = await db.selectFrom('passwordCredential').select('userId').where('userId', '=', userId).executeTakeFirst()
  if (!password) return 'any'
  return session.factors.some((factor) => OWN.includes(factor)) ? null : 'password'
}
