import { z } from 'zod'
import { defineEndpoints } from '../core/endpoint.ts'
import { Email, SignedIn } from './http.ts'
import { SecondFactorNeeded } from './second-factor.ts'

/** Providers that the whole installation offers, where the operator has set them up. */
export const SIGN_IN_PROVIDERS = ['google', 'microsoft'] as const
export const SignInProvider = z.enum(SIGN_IN_PROVIDERS)
export type SignInProvider = z.infer<typeof SignInProvider>

/** A page of ours to go on at, never another site: one slash, then no second one and no backslash. */
export const ReturnPath = z
  .string()
  .max(500)
  .regex(/^\/(?![/\\])[^\\\p{Cc}]*$/u)

const ways = {
  returnTo: ReturnPath.default('/'),
  /** The provider shall ask its person again, whatever it remembers, and say that it did. */
  isFresh: z.boolean().default(false),
}
export const StartSso = z.union([z.strictObject({ email: Email, ...ways }), z.strictObject({ provider: SignInProvider, ...ways })])
export type StartSso = z.infer<typeof StartSso>

export const SsoStarted = z.object({ authorizationUrl: z.url() })
export type SsoStarted = z.infer<typeof SsoStarted>

/** What the provider put into the address of the page `/sso/callback`, as it came. */
export const SsoCallback = z.strictObject({
  state: z.string().min(1).max(200),
  code: z.string().min(1).max(4_000).optional(),
  iss: z.string().min(1).max(500).optional(),
  error: z.string().min(1).max(200).optional(),
})
export type SsoCallback = z.infer<typeof SsoCallback>

/** Why a test of a connection is not good: what to mend, in `auth.sso.*` words of the sign-in itself. */
const TestedConnection = z.object({ status: z.literal('tested'), connectionId: z.uuid(), problem: z.string().nullable() })

/** The provider vouches for an address that has an account: whoever signs in to that within ten minutes can connect the two. */
const LinkNeeded = z.object({ status: z.literal('link-needed'), ticket: z.string(), provider: SignInProvider, email: z.string() })

export const SsoOutcome = z.discriminatedUnion('status', [
  SignedIn.extend({ returnTo: z.string() }),
  SecondFactorNeeded.extend({ returnTo: z.string() }),
  TestedConnection,
  LinkNeeded.extend({ returnTo: z.string() }),
])
export type SsoOutcome = z.infer<typeof SsoOutcome>

export const LinkedIdentity = z.object({ id: z.uuid(), provider: SignInProvider, email: z.string(), linkedAt: z.iso.datetime() })
export type LinkedIdentity = z.infer<typeof LinkedIdentity>

// Flows are single-use by themselves: their state and ticket can be spent once.
export const ssoEndpoints = defineEndpoints('auth', {
  listSignInProviders: {
    method: 'GET',
    path: '/auth/sso/providers',
    summary: 'Providers that everybody may sign in with here; empty where none is set up',
    access: 'public',
    idempotency: 'safe',
    response: z.object({ items: z.array(SignInProvider).max(2) }),
    status: 200,
  },
  startSso: {
    method: 'POST',
    path: '/auth/sso/start',
    summary: 'Where to send the browser to sign in: by work address (its domain decides) or with a provider; valid for 10 minutes',
    access: 'public',
    idempotency: 'exempt',
    body: StartSso,
    response: SsoStarted,
    status: 200,
    cost: 10,
    timeoutMs: 15_000,
  },
  finishSso: {
    method: 'POST',
    path: '/auth/sso/callback',
    summary: 'Redeem what the provider sent back, in the browser that began; once',
    access: 'public',
    idempotency: 'exempt',
    body: SsoCallback,
    response: SsoOutcome,
    status: 200,
    cost: 10,
    timeoutMs: 25_000,
  },
  linkIdentity: {
    method: 'POST',
    path: '/auth/sso/link',
    summary: 'Connect the provider of a ticket with the account that is signed in now',
    access: 'signed-in',
    stepUp: true,
    idempotency: 'exempt',
    body: z.strictObject({ ticket: z.string().regex(/^[A-Za-z0-9_-]{43}$/) }),
    response: LinkedIdentity,
    status: 201,
    cost: 10,
  },
  listLinkedIdentities: {
    method: 'GET',
    path: '/auth/identities',
    summary: 'Accounts at Google and Microsoft with which the signed-in person can sign in',
    access: 'signed-in',
    idempotency: 'safe',
    response: z.object({ items: z.array(LinkedIdentity).max(10) }),
    status: 200,
  },
  unlinkIdentity: {
    method: 'DELETE',
    path: '/auth/identities/:identityId',
    summary: 'Sign in with it no more; refused for who would have no other way',
    access: 'signed-in',
    stepUp: true,
    idempotency: 'natural',
    params: z.object({ identityId: z.uuid() }),
    status: 204,
  },
})
