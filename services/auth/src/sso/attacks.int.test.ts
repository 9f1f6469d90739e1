import { startForgingOidcServer, type Forgery } from '@ai-crm/testing/fakes/forging-oidc-server'
import { createServer } from 'node:http'
import { afterAll, beforeEach, expect, it } from 'vitest'
import { Browser } from '../testing/browser.ts'
import { atProvider, finish, proveDomain, signInBySso, ssoOrganization, startSsoWorld } from '../testing/sso-fixture.ts'
import { founder } from '../testing/team.ts'

const world = await startSsoWorld()
const { auth, oidc } = world
const SECRET = 'known to both of us, and long enough'
const forging = await startForgingOidcServer(SECRET)
afterAll(() => forging.close())
beforeEach(() => {
  forging.answers.clear()
  for (const name of Object.keys(forging.metadata)) delete forging.metadata[name]
})

const owner = await founder(auth)
const domain = 'forged.example'
await proveDomain(world, owner, domain)
const { body: connection } = await owner.browser.call('POST', '/sso/connections', owner.token, {
  name: 'Forger',
  issuer: forging.issuer,
  clientId: 'ai-crm',
  clientSecret: SECRET,
  defaultRole: 'member',
})
await auth.database.asAdmin(`update auth.sso_connection set enabled_at = now() where id = '${connection.id}'`)

/** Nobody in particular: each address may ask ten times. */
const anybody = (): string => `${crypto.randomUUID()}@${domain}`
const GOOD = { email: `mallory@${domain}`, email_verified: true }

interface Begun {
  readonly browser: Browser
  readonly state: string
  readonly nonce: string
}

async function begin(browser = new Browser(auth.app)): Promise<Begun> {
  const { body } = await browser.post('/auth/sso/start', { email: anybody() })
  const { searchParams } = new URL(body.authorizationUrl)
  return { browser, state: searchParams.get('state') ?? '', nonce: searchParams.get('nonce') ?? '' }
}

/** The whole way with an ID token that the provider made up. */
async function withToken(forgery: Forgery, more: Record<string, string> = {}) {
  const { browser, state, nonce } = await begin()
  forging.forge(nonce, { ...forgery, claims: { ...GOOD, ...forgery.claims } })
  return browser.post('/auth/sso/callback', { state, code: 'a code', ...more })
}

it('takes a well-made answer, which shows that the ones below fail for what they forge', async () => {
  expect((await withToken({})).body).toMatchObject({ status: 'signed-in' })
})

it.each<[string, Forgery]>([
  ['is not signed', { signature: 'none' }],
  ['is signed with our secret (HS256)', { signature: 'hs256' }],
  ['is signed by a key that the provider never published', { signature: 'stranger' }],
  ['is for another client', { claims: { aud: 'somebody-else' } }],
  ['is for several clients and was asked for by another one', { claims: { aud: ['ai-crm', 'other'], azp: 'other' } }],
  ['is of another issuer', { claims: { iss: 'https://accounts.example' } }],
  ['is over', { claims: { exp: Math.floor(Date.now() / 1000) - 600, iat: Math.floor(Date.now() / 1000) - 900 } }],
  ['has no subject', { claims: { sub: '' } }],
])('refuses an ID token that %s', async (_what, forgery) => {
  expect((await withToken(forgery)).body).toMatchObject({ code: 'auth.sso.answer_refused' })
})

it('refuses an ID token that was made for another sign-in', async () => {
  const [one, two] = [await begin(), await begin()]
  forging.forge(one.nonce, { claims: GOOD })
  expect((await two.browser.post('/auth/sso/callback', { state: two.state, code: 'stolen' })).body).toMatchObject({ code: 'auth.sso.answer_refused' })
})

it('refuses what another browser began: nobody is signed in as somebody else by a link', async () => {
  const attacker = await begin()
  const victim = new Browser(auth.app)
  await victim.post('/auth/sso/start', { email: anybody() })
  forging.forge(attacker.nonce, { claims: GOOD })
  expect((await victim.post('/auth/sso/callback', { state: attacker.state, code: 'a code' })).body).toMatchObject({ code: 'auth.sso.flow_over' })
  expect((await new Browser(auth.app).post('/auth/sso/callback', { state: attacker.state, code: 'a code' })).body).toMatchObject({ code: 'auth.sso.flow_over' })
  expect(victim.cookies.has('__Host-refresh')).toBe(false)
})

it('takes a callback once, also of two at the same moment', async () => {
  const { browser, state, nonce } = await begin()
  forging.forge(nonce, { claims: GOOD })
  forging.tokenRequests.length = 0
  const answers = await Promise.all([1, 2, 3].map(() => browser.post('/auth/sso/callback', { state, code: 'a code' })))
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 403, 403])
  expect((await browser.post('/auth/sso/callback', { state, code: 'a code' })).body).toMatchObject({ code: 'auth.sso.flow_over' })
  expect(forging.tokenRequests).toHaveLength(1)
})

it('takes no callback after ten minutes, nor one with a made-up state', async () => {
  const { browser, state, nonce } = await begin()
  forging.forge(nonce, { claims: GOOD })
  await auth.database.asAdmin(`update auth.sso_flow set expires_at = expires_at - interval '10 minutes'`)
  expect((await browser.post('/auth/sso/callback', { state, code: 'a code' })).body).toMatchObject({ code: 'auth.sso.flow_over' })
  expect((await browser.post('/auth/sso/callback', { state: 'x'.repeat(43), code: 'a code' })).body).toMatchObject({ code: 'auth.sso.flow_over' })
})

it('sends the PKCE verifier that only the one who began can know, and the exact address', async () => {
  await withToken({})
  const [sent] = forging.tokenRequests.slice(-1)
  expect(sent?.get('code_verifier')).toMatch(/^[A-Za-z0-9_-]{43}$/)
  expect(sent?.get('redirect_uri')).toBe('https://crm.example.test/sso/callback')
})

it('refuses the answer of another provider (RFC 9207), before a code or a secret goes anywhere', async () => {
  forging.tokenRequests.length = 0
  expect((await withToken({}, { iss: 'https://attacker.example' })).body).toMatchObject({ code: 'auth.sso.answer_refused' })
  forging.metadata['authorization_response_iss_parameter_supported'] = true
  expect((await withToken({})).body).toMatchObject({ code: 'auth.sso.answer_refused' })
  expect(forging.tokenRequests).toHaveLength(0)
  expect((await withToken({}, { iss: forging.issuer })).body).toMatchObject({ status: 'signed-in' })
})

it('asks the provider of the flow, whatever the callback says, so that no code reaches another one', async () => {
  const organization = await ssoOrganization(world)
  const email = atProvider(world, `mixed@${organization.domain}`)
  const browser = new Browser(auth.app)
  const honest = await browser.post('/auth/sso/start', { email })
  const back = await oidc.logIn(honest.body.authorizationUrl, email)
  const mine = await begin(browser)
  forging.tokenRequests.length = 0
  const mixed = new URL(back)
  mixed.searchParams.set('state', mine.state)
  expect((await finish(browser, mixed)).body).toMatchObject({ code: 'auth.sso.answer_refused' })
  expect(forging.tokenRequests).toHaveLength(0)
})

it('says what the provider said when it refused, in our own words', async () => {
  const { browser, state } = await begin()
  const { status, body } = await browser.post('/auth/sso/callback', { state, error: 'access_denied' })
  expect([status, body.code]).toEqual([403, 'auth.sso.provider_refused'])
})

it('has an answer when the provider is down', async () => {
  const { browser, state } = await begin()
  forging.answers.set('/token', (response) => void response.writeHead(502).end())
  expect((await browser.post('/auth/sso/callback', { state, code: 'a code' })).body).toMatchObject({ status: 503, code: 'auth.sso.provider_unreachable' })
})

it('never goes on at another site', async () => {
  for (const returnTo of ['https://evil.example', '//evil.example', '/\\evil.example', 'javascript:alert(1)', '/ok\\x', '/\tx'])
    expect((await new Browser(auth.app).post('/auth/sso/start', { email: anybody(), returnTo })).status, returnTo).toBe(400)
  expect((await new Browser(auth.app).post('/auth/sso/start', { email: anybody(), returnTo: '/settings/members?a=b' })).status).toBe(200)
})

it('calls no address inside: not as an issuer, by a redirect of it, or by what its metadata names', async () => {
  let isTouched = false
  const inside = createServer((_request, response) => {
    isTouched = true
    response.end('{}')
  })
  // 127.0.0.1 is vouched for in these tests, 127.0.0.2 is not.
  await new Promise<void>((resolve) => inside.listen(0, '127.0.0.2', resolve))
  const address = inside.address()
  const secretHost = `http://127.0.0.2:${typeof address === 'object' && address ? address.port : 0}`
  const create = async (issuer: string) =>
    owner.browser.call('POST', '/sso/connections', owner.token, { name: 'x', issuer, clientId: crypto.randomUUID(), clientSecret: 'y', defaultRole: null })
  for (const issuer of [
    secretHost,
    'http://169.254.169.254/latest',
    'http://[::1]:80',
    'https://10.0.0.1',
    'http://example.org',
    'https://user:pw@example.org',
    'ftp://example.org',
  ])
    expect((await create(issuer)).body, issuer).toMatchObject({ errors: [{ field: '/issuer' }] })

  const wellKnown = '/.well-known/openid-configuration'
  forging.answers.set(wellKnown, (response) => void response.writeHead(302, { location: `${secretHost}${wellKnown}` }).end())
  expect((await create(forging.issuer)).body).toMatchObject({ code: 'auth.sso.issuer_refused' })
  forging.answers.clear()

  for (const endpoint of ['token_endpoint', 'jwks_uri', 'userinfo_endpoint']) {
    forging.metadata[endpoint] = `${secretHost}/${endpoint}`
    expect((await withToken({ claims: endpoint === 'userinfo_endpoint' ? { email: undefined } : {} })).status, endpoint).not.toBe(200)
    delete forging.metadata[endpoint]
  }
  expect(isTouched).toBe(false)
  inside.close()
})

it('takes no metadata of another issuer', async () => {
  forging.metadata['issuer'] = 'https://accounts.example'
  const answer = await owner.browser.call('POST', '/sso/connections', owner.token, {
    name: 'x',
    issuer: forging.issuer,
    clientId: 'other',
    clientSecret: 'y',
    defaultRole: null,
  })
  expect(answer.body).toMatchObject({ status: 422, code: 'auth.sso.issuer_refused' })
})

it('is no way into another organisation: one provider vouches for the domains of its own only', async () => {
  const organization = await ssoOrganization(world)
  const victim = `boss@${organization.domain}`
  await signInBySso(world, victim, atProvider(world, victim))
  expect((await withToken({ claims: { sub: 'x', email: victim } })).body).toMatchObject({ code: 'auth.sso.domain_not_proven' })
})
