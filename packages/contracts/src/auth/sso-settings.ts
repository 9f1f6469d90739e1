import { z } from 'zod'
import { defineEndpoints } from '../core/endpoint.ts'
import { idParams, Instant, Line } from '../core/page.ts'
import { SsoStarted } from './sso.ts'

/** What a person becomes who joins by signing in; owners and administrators are made by hand. */
export const JOINING_ROLES = ['manager', 'member', 'viewer'] as const
const DefaultRole = z.enum(JOINING_ROLES).nullable()

/** As people type it; case and a trailing dot do not matter. Letters of other scripts in their ASCII form (xn--). */
export const DomainName = z
  .string()
  .trim()
  .toLowerCase()
  .max(253)
  .regex(/^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/)

export const SsoConnection = z.object({
  id: z.uuid(),
  name: z.string(),
  issuer: z.string(),
  clientId: z.string(),
  /** Null: only who was invited or is a member already. */
  defaultRole: DefaultRole,
  isEnabled: z.boolean(),
  /** It says nothing of `auth_time`, but asks its people anew when told to (`prompt=login`): then a new sign-in there is a fresh proof. */
  isTrustedToAskAgain: z.boolean(),
  /** Of the configuration as it is now; null when it was not tested since it changed. `problem` null: it was good. */
  test: z.object({ at: Instant, problem: z.string().nullable() }).nullable(),
  /** To be entered at the provider, exactly. */
  redirectUri: z.string(),
  version: z.number().int(),
})
export type SsoConnection = z.infer<typeof SsoConnection>

export const CreateSsoConnection = z.strictObject({
  name: Line(100),
  issuer: z.url({ protocol: /^https?$/ }).max(500),
  clientId: Line(300),
  clientSecret: z.string().min(1).max(2_000),
  defaultRole: DefaultRole,
})
export type CreateSsoConnection = z.infer<typeof CreateSsoConnection>

/** Whose issuer is another one is another connection. */
export const UpdateSsoConnection = z.strictObject({
  name: Line(100).optional(),
  clientId: Line(300).optional(),
  clientSecret: z.string().min(1).max(2_000).optional(),
  defaultRole: DefaultRole.optional(),
  isTrustedToAskAgain: z.boolean().optional(),
})
export type UpdateSsoConnection = z.infer<typeof UpdateSsoConnection>

export const EmailDomain = z.object({
  id: z.uuid(),
  name: z.string(),
  /** The TXT record that proves the domain. */
  record: z.object({ name: z.string(), value: z.string() }),
  verifiedAt: Instant.nullable(),
  /** The record of a proven domain is gone: put back until then, it changes nothing. */
  lapsesAt: Instant.nullable(),
  /** It was proven until then, and has to be proven again. */
  lapsedAt: Instant.nullable(),
  /** Whose people sign in there. */
  connectionId: z.uuid().nullable(),
})
export type EmailDomain = z.infer<typeof EmailDomain>

export const SignInPolicy = z.object({
  /** Members with an address of a proven domain sign in by single sign-on only; owners with a second factor keep their password. */
  isSsoEnforced: z.boolean(),
  /** Whoever has no second factor can do nothing but set one up. */
  isSecondFactorRequired: z.boolean(),
})
export type SignInPolicy = z.infer<typeof SignInPolicy>

const connection = idParams('connectionId')
const domain = idParams('domainId')

// Creating and proving talk to servers outside, which nothing with an Idempotency-Key may do inside its transaction; a
// repeat finds what there is (409, or the same answer).
export const ssoSettingsEndpoints = defineEndpoints('auth', {
  listSsoConnections: {
    method: 'GET',
    path: '/sso/connections',
    summary: 'OpenID Connect providers of the organisation (at most 10)',
    access: 'auth.sso.manage',
    idempotency: 'safe',
    response: z.object({ items: z.array(SsoConnection).max(10) }),
    status: 200,
  },
  createSsoConnection: {
    method: 'POST',
    path: '/sso/connections',
    summary: 'Add an OpenID Connect provider; its issuer is looked at first, and it counts once it was tested and enabled',
    access: 'auth.sso.manage',
    stepUp: true,
    idempotency: 'natural',
    body: CreateSsoConnection,
    response: SsoConnection,
    status: 201,
    cost: 10,
    timeoutMs: 15_000,
    priority: 'write',
  },
  updateSsoConnection: {
    method: 'PATCH',
    path: '/sso/connections/:connectionId',
    summary: 'Change a connection; new credentials have to be tested again',
    access: 'auth.sso.manage',
    stepUp: true,
    idempotency: 'natural',
    concurrency: 'if-match',
    params: connection,
    body: UpdateSsoConnection,
    response: SsoConnection,
    status: 200,
  },
  deleteSsoConnection: {
    method: 'DELETE',
    path: '/sso/connections/:connectionId',
    summary: 'Delete a connection and what it knows of people; ends the sessions that it began',
    access: 'auth.sso.manage',
    stepUp: true,
    idempotency: 'natural',
    params: connection,
    status: 204,
  },
  testSsoConnection: {
    method: 'POST',
    path: '/sso/connections/:connectionId/test',
    summary: 'Where to send the browser for a sign-in that signs nobody in: its result stays with the connection',
    access: 'auth.sso.manage',
    stepUp: true,
    idempotency: 'exempt',
    params: connection,
    response: SsoStarted,
    status: 200,
    cost: 10,
    timeoutMs: 15_000,
    priority: 'write',
  },
  enableSsoConnection: {
    method: 'POST',
    path: '/sso/connections/:connectionId/enable',
    summary: 'Let people sign in by a connection whose test was good',
    access: 'auth.sso.manage',
    stepUp: true,
    idempotency: 'natural',
    params: connection,
    response: SsoConnection,
    status: 200,
  },
  disableSsoConnection: {
    method: 'POST',
    path: '/sso/connections/:connectionId/disable',
    summary: 'Let nobody sign in by it; ends the sessions that it began',
    access: 'auth.sso.manage',
    stepUp: true,
    idempotency: 'natural',
    params: connection,
    response: SsoConnection,
    status: 200,
  },
  listEmailDomains: {
    method: 'GET',
    path: '/sso/domains',
    summary: 'E-mail domains of the organisation, proven and not (at most 50)',
    access: 'auth.sso.manage',
    idempotency: 'safe',
    response: z.object({ items: z.array(EmailDomain).max(50) }),
    status: 200,
  },
  addEmailDomain: {
    method: 'POST',
    path: '/sso/domains',
    summary: 'Claim an e-mail domain: answers the TXT record that proves it',
    access: 'auth.sso.manage',
    stepUp: true,
    idempotency: 'natural',
    body: z.strictObject({ name: DomainName }),
    response: EmailDomain,
    status: 201,
  },
  verifyEmailDomain: {
    method: 'POST',
    path: '/sso/domains/:domainId/verify',
    summary: 'Look for the TXT record; from then on the domain belongs to this organisation',
    access: 'auth.sso.manage',
    stepUp: true,
    idempotency: 'natural',
    params: domain,
    response: EmailDomain,
    status: 200,
    cost: 10,
    timeoutMs: 15_000,
    priority: 'write',
  },
  setDomainConnection: {
    method: 'PUT',
    path: '/sso/domains/:domainId/connection',
    summary: 'Which connection people with this domain sign in by',
    access: 'auth.sso.manage',
    stepUp: true,
    idempotency: 'natural',
    params: domain,
    body: z.strictObject({ connectionId: z.uuid().nullable() }),
    response: EmailDomain,
    status: 200,
  },
  removeEmailDomain: {
    method: 'DELETE',
    path: '/sso/domains/:domainId',
    summary: 'Let go of a domain',
    access: 'auth.sso.manage',
    stepUp: true,
    idempotency: 'natural',
    params: domain,
    status: 204,
  },
  getSignInPolicy: {
    method: 'GET',
    path: '/sign-in-policy',
    summary: 'How everybody has to sign in',
    access: 'auth.sso.manage',
    idempotency: 'safe',
    response: SignInPolicy,
    status: 200,
  },
  setSignInPolicy: {
    method: 'PUT',
    path: '/sign-in-policy',
    summary: 'Say how everybody has to sign in; ends the sessions that did not begin so',
    access: 'auth.sso.manage',
    stepUp: true,
    idempotency: 'natural',
    body: SignInPolicy,
    response: SignInPolicy,
    status: 200,
  },
})
