import type { PublicCtx } from '../ctx.ts'
import { clientNetwork } from '../sign-in/client-network.ts'
import { tooManyAttempts } from '../sign-in/errors.ts'
import { countByNetwork, identifierOf } from './count-attempt.ts'

const REQUESTS = 10
const WINDOW = '15 minutes'

/** Bounds what somebody asks for by an address (a sign-up, a mail, the way to a provider), known or not. Throws `tooManyAttempts` (429). */
export async function takeRequest(ctx: PublicCtx, what: 'sign-up' | 'reset' | 'sso', email: string, clientAddress: string): Promise<void> {
  const counted = await ctx.write(({ db }) => countByNetwork(db, identifierOf(ctx, what, email), clientNetwork(clientAddress), WINDOW))
  if (counted.attempts > REQUESTS) throw tooManyAttempts(counted.retryAfterSeconds)
}
