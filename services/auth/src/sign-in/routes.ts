import { authEndpoints, factorEndpoints } from '@ai-crm/contracts'
import { auth } from '../ctx.ts'
import { findChallenge } from '../factors/challenges/answer-challenge.ts'
import { requestPasskey } from '../factors/passkeys/ceremony.ts'
import { signIn } from './sign-in.ts'
import { signInWithPasskey } from './sign-in-with-passkey.ts'
import { signInWithSecondFactor } from './sign-in-with-second-factor.ts'

export const signInRoutes = [
  auth.handle(authEndpoints.signIn, async (ctx, { body }, http) => signIn(ctx, body, http)),
  auth.handle(factorEndpoints.signInWithSecondFactor, async (ctx, { body }, http) => signInWithSecondFactor(ctx, body, http)),
  auth.handle(factorEndpoints.startSecondFactorPasskey, async (ctx, { body }, http) => {
    const { userId } = await findChallenge(ctx, body.challenge, http)
    return requestPasskey(ctx, 'second-factor', userId, http.publicOrigin)
  }),
  auth.handle(factorEndpoints.startPasskeySignIn, async (ctx, _input, http) => requestPasskey(ctx, 'sign-in', null, http.publicOrigin)),
  auth.handle(factorEndpoints.signInWithPasskey, async (ctx, { body }, http) => signInWithPasskey(ctx, body.credential, http)),
]
