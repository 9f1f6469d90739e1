import { startService, type TestService } from '@ai-crm/testing'
import { startDnsServer, type DnsServer } from '@ai-crm/testing/fakes/dns-server'
import { startOidcServer, type OidcServer } from '@ai-crm/testing/fakes/oidc-server'
import { afterAll } from 'vitest'
import service from '../service.ts'
import { Browser, type BrowserAnswer } from './browser.ts'
import { founder, type Person } from './team.ts'

/** Where the service under test says that it lives. */
export const HOME = 'https://crm.example.test'
export const CALLBACK = `${HOME}/sso/callback`

export interface SsoWorld {
  readonly auth: TestService
  readonly dns: DnsServer
  readonly oidc: OidcServer
}

/** The auth service, a name server and an OpenID Connect provider that it may call, each at the wire. */
export async function startSsoWorld(environment: Readonly<Record<string, string>> = {}): Promise<SsoWorld> {
  const [dns, oidc] = await Promise.all([startDnsServer(), startOidcServer([CALLBACK])])
  const auth = await startService(service, {
    environment: { PUBLIC_URL: HOME, EGRESS_ALLOWED_HOSTS: '127.0.0.1', DNS_SERVERS: dns.address, ...environment },
  })
  afterAll(async () => void (await Promise.all([dns.close(), oidc.close()])))
  return { auth, dns, oidc }
}

export interface SsoOrganization {
  readonly owner: Person
  readonly domain: string
  readonly domainId: string
  readonly connectionId: string
}

let organizations = 0

/** An organisation with a proven domain and a tested, enabled connection. */
export async function ssoOrganization(world: SsoWorld, defaultRole: string | null = 'member'): Promise<SsoOrganization> {
  organizations += 1
  const owner = await founder(world.auth)
  const domain = `works${organizations}.example`
  const { connectionId } = await addConnection(world, owner, defaultRole)
  const domainId = await proveDomain(world, owner, domain)
  const login = `tester@${domain}`
  world.oidc.people.set(login, { email: login, email_verified: true })
  const { body } = await finish(owner.browser, await test(world, owner, connectionId, login))
  if (body.problem !== null) throw new Error(`The test of the connection failed: ${JSON.stringify(body)}`)
  await owner.browser.call('POST', `/sso/connections/${connectionId}/enable`, owner.token)
  return { owner, domain, domainId, connectionId }
}

export async function addConnection({ oidc }: SsoWorld, owner: Person, defaultRole: string | null): Promise<{ connectionId: string; answer: BrowserAnswer }> {
  const { issuer, clientId, clientSecret } = oidc
  const answer = await owner.browser.call('POST', '/sso/connections', owner.token, { name: 'Provider', issuer, clientId, clientSecret, defaultRole })
  return { connectionId: answer.body.id, answer }
}

export async function proveDomain({ dns }: SsoWorld, owner: Person, name: string): Promise<string> {
  const { body } = await owner.browser.call('POST', '/sso/domains', owner.token, { name })
  dns.setText(body.record.name, 'something else', body.record.value)
  await owner.browser.call('POST', `/sso/domains/${body.id}/verify`, owner.token)
  return body.id
}

/** Goes to the provider as the test of a connection asks, and comes back. */
export async function test({ oidc }: SsoWorld, owner: Person, connectionId: string, login: string): Promise<URL> {
  const { body } = await owner.browser.call('POST', `/sso/connections/${connectionId}/test`, owner.token)
  return oidc.logIn(body.authorizationUrl, login)
}

/** What the page /sso/callback does with its address. */
export const finish = (browser: Browser, address: URL): Promise<BrowserAnswer> => browser.post('/auth/sso/callback', Object.fromEntries(address.searchParams))

/** From the sign-in page to the end, in a browser, as a person of the provider. */
export async function signInBySso({ auth, oidc }: SsoWorld, email: string, login = email, browser = new Browser(auth.app)): Promise<BrowserAnswer> {
  const { status, body, headers } = await browser.post('/auth/sso/start', { email })
  return status === 200 ? finish(browser, await oidc.logIn(body.authorizationUrl, login)) : { status, body, headers }
}

/** The provider's user and their claims; the login is the address unless told. */
export function atProvider({ oidc }: SsoWorld, email: string, claims: Record<string, unknown> = {}, login = email): string {
  oidc.people.set(login, { email, email_verified: true, name: 'Grace Hopper', ...claims })
  return login
}

export const enforce = ({ browser, token }: Person, isSsoEnforced = true): Promise<BrowserAnswer> =>
  browser.put('/sign-in-policy', { isSsoEnforced, isSecondFactorRequired: false }, token)
