import type { PasskeyAssertion, SignedIn } from '@ai-crm/contracts'
import type { HttpExchange } from '@ai-crm/platform'
import type { PublicCtx } from '../ctx.ts'
import { factorRefused } from '../factors/errors.ts'
import { spendAssertion } from '../factors/passkeys/spend-assertion.ts'
import { beginSession } from './begin-session.ts'

/** A passkey with user verification is possession and knowledge (or body) at once: nothing else is asked for. */
export async function signInWithPasskey(publicCtx: PublicCtx, credential: PasskeyAssertion, http: HttpExchange): Promise<SignedIn> {
  const owner = await spendAssertion(publicCtx, { purpose: 'sign-in', userId: null, origin: http.publicOrigin }, credential)
  if (!owner) throw factorRefused()
  return beginSession(publicCtx, { userId: owner.userId, factors: ['passkey'] }, http, async () => undefined)
}
