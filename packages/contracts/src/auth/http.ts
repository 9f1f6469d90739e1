import { z } from 'zod'
import { defineEndpoints } from '../core/endpoint.ts'
import { Instant, Line } from '../core/page.ts'
import { FieldRules, RecordScopes } from '../core/authorization.ts'
import { ROLES } from '../core/permissions.ts'
import { Locale } from './events.ts'
import { SecondFactorNeeded } from './second-factor.ts'

export const Email = z.string().trim().toLowerCase().max(254).pipe(z.email())

/** Length only, as ASVS 6.2 asks: no composition rules, no truncation. */
export const Password = z.string().min(8).max(200)

export const SignUp = z.object({
  organizationName: Line(100),
  name: Line(100),
  email: Email,
  password: Password,
  locale: Locale.default('en'),
})
export type SignUp = z.infer<typeof SignUp>

export const SignIn = z.object({ email: Email, password: z.string().min(1).max(200) })
export type SignIn = z.infer<typeof SignIn>

export const Me = z.object({
  user: z.object({ id: z.uuid(), name: z.string(), email: z.string(), locale: Locale }),
  organization: z.object({
    id: z.uuid(),
    name: z.string(),
    slug: z.string(),
    /** The other services are preparing their part; nothing can be done in it yet. */
    isSettingUp: z.boolean(),
  }),
  /** The built-in role, or the one that the custom role was made from. */
  role: z.enum(ROLES),
  customRole: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  /** What the person may do; names of a newer release may be among them. */
  permissions: z.array(z.string()).max(500),
  scopes: RecordScopes,
  fields: FieldRules,
  /** The organisation asks everybody for a second factor and the person has none: until they do they may do nothing else. */
  mustAddFactor: z.boolean().optional(),
})
export type Me = z.infer<typeof Me>

/** `accessToken` is a bearer token for 10 minutes; the refresh token travels in a cookie that scripts cannot read. */
export const SignedIn = z.object({
  status: z.literal('signed-in'),
  accessToken: z.string(),
  expiresAt: Instant,
  me: Me,
  /** Of the session, 32 bytes as base64url: with it a browser seals what it keeps of what its person is writing. Kept in memory only. */
  writingKey: z.string().optional(),
})
export type SignedIn = z.infer<typeof SignedIn>

export const SignInAnswer = z.discriminatedUnion('status', [SignedIn, SecondFactorNeeded])
export type SignInAnswer = z.infer<typeof SignInAnswer>

export const Member = z.object({
  userId: z.uuid(),
  name: z.string(),
  email: z.string(),
  role: z.enum(ROLES),
  /** The custom role, or null for the built-in one. */
  customRoleId: z.uuid().nullable(),
  joinedAt: Instant,
  /** Shut out since then, or null. */
  disabledAt: Instant.nullable(),
  /** When they last signed in or came back here, or null. */
  lastSeenAt: Instant.nullable(),
  /** When their second factors will be taken away, as somebody here asked, or null. Shown to whoever manages members, to others null. */
  factorsResetAt: Instant.nullable(),
  version: z.number().int(),
})
export type Member = z.infer<typeof Member>

export const Jwks = z.object({ keys: z.array(z.looseObject({ kid: z.string(), kty: z.string() })).max(10) })

export const authEndpoints = defineEndpoints('auth', {
  signUp: {
    method: 'POST', path: '/auth/sign-up', summary: 'Ask for an account with its organisation; the link in the mail brings it to life',
    access: 'public', idempotency: 'exempt', body: SignUp, status: 202, cost: 20,
  },
  signIn: {
    method: 'POST', path: '/auth/sign-in', summary: 'Sign in with e-mail and password; who has a second factor gets a challenge for it',
    access: 'public', idempotency: 'exempt', body: SignIn, response: SignInAnswer, status: 200, cost: 10,
  },
  refreshSession: {
    method: 'POST', path: '/auth/refresh', summary: 'Exchange the refresh cookie for a new access token and a rotated cookie',
    access: 'public', idempotency: 'exempt', response: SignedIn, status: 200, cost: 2,
  },
  signOut: {
    method: 'POST', path: '/auth/sign-out', summary: 'End this session: its tokens and sockets die with it',
    access: 'public', idempotency: 'exempt', status: 204,
  },
  getMe: {
    method: 'GET', path: '/auth/me', summary: 'The signed-in person, the organisation and the role in it',
    access: 'signed-in', idempotency: 'safe', response: Me, status: 200,
  },
  listMembers: {
    method: 'GET', path: '/members', summary: 'Members of the organisation (at most 200)',
    access: 'auth.member.read', idempotency: 'safe', response: z.object({ items: z.array(Member).max(200) }), status: 200,
  },
  getJwks: {
    method: 'GET', path: '/auth/jwks', summary: 'Public keys that access tokens are signed with (also /.well-known/jwks.json)',
    access: 'public', idempotency: 'safe', response: Jwks, status: 200,
  },
})
