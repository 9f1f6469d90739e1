import { startForgingOidcServer } from '@ai-crm/testing/fakes/forging-oidc-server'
import { afterAll, expect, it } from 'vitest'
import { Browser } from '../testing/browser.ts'
import { atProvider, finish, proveDomain, signInBySso, ssoOrganization, startSsoWorld } from '../testing/sso-fixture.ts'
import { founder } from '../testing/team.ts'

const world = await startSsoWorld()
const { auth, oidc } = world
const SECRET = 'known to both of us, and long enough'
const forging = await startForgingOidcServer(SECRET)
afterAll(() => forging.close())

const owner = await founder(auth)
const domain = 'remembered.example'
await proveDomain(world, owner, domain)
const { body: connection } = await owner.browser.call('POST', '/sso/connections', owner.token, {
  name: 'Says what it is told',
  issuer: forging.issuer,
  clientId: 'ai-crm',
  clientSecret: SECRET,
  defaultRole: 'member',
})
await auth.database.asAdmin(`update auth.sso_connection set enabled_at = now() where id = '${connection.id}'`)

const secondsAgo = (seconds: number) => Math.floor(Date.now() / 1000) - seconds

/** A sign-in at that provider, which says what it is told of when and how. */
async function comeBy(claims: Record<string, unknown>, isFresh = false) {
  const browser = new Browser(auth.app)
  const email = `${crypto.randomUUID()}@${domain}`
  const { body } = await browser.post('/auth/sso/start', { email, isFresh })
  const { searchParams } = new URL(body.authorizationUrl)
  forging.forge(searchParams.get('nonce') ?? '', { claims: { sub: email, email, email_verified: true, ...claims } })
  const answer = await browser.post('/auth/sso/callback', { state: searchParams.get('state'), code: 'a code' })
  return { browser, ...answer }
}
const doSomethingSensitive = async ({ browser, body }: Awaited<ReturnType<typeof comeBy>>) => {
  const { status, body: answer } = await browser.call('POST', '/auth/factors/totp', body.accessToken)
  return [status, answer.code]
}

it('takes a sign-in at the provider for a fresh proof only if it was one there', async () => {
  const STALE = [403, 'auth.step_up_needed']
  expect(await doSomethingSensitive(await comeBy({ auth_time: secondsAgo(30) }))).toEqual([201, undefined])
  expect(await doSomethingSensitive(await comeBy({ auth_time: secondsAgo(3_600) }))).toEqual(STALE)
  expect(await doSomethingSensitive(await comeBy({}))).toEqual(STALE)
  expect(await doSomethingSensitive(await comeBy({ auth_time: secondsAgo(30), acr: '0' }))).toEqual(STALE)
})

it('stays as old as the sign-in at the provider after the token was exchanged', async () => {
  const { browser } = await comeBy({ auth_time: secondsAgo(3_600) })
  const { accessToken } = (await browser.post('/auth/refresh')).body
  expect((await browser.call('POST', '/auth/factors/totp', accessToken)).body.code).toBe('auth.step_up_needed')
})

it('asks every provider how old its sign-in is, and for a new one where that is needed', async () => {
  const asked = async (isFresh: boolean) => {
    const { body } = await new Browser(auth.app).post('/auth/sso/start', { email: `somebody@${domain}`, isFresh })
    const { searchParams } = new URL(body.authorizationUrl)
    return [searchParams.get('prompt'), searchParams.get('max_age')]
  }
  expect(await asked(false)).toEqual([null, String(60 * 86_400)])
  expect(await asked(true)).toEqual(['login', '0'])
})

it('lets nobody in as signed in anew whom the provider did not ask again, or does not say so', async () => {
  for (const claims of [{ auth_time: secondsAgo(900) }, {}]) {
    const { status, body } = await comeBy(claims, true)
    expect([status, body.code]).toEqual([403, 'auth.sso.not_fresh'])
  }
  expect((await comeBy({ auth_time: secondsAgo(0) }, true)).body.status).toBe('signed-in')
})

it('takes the word of the organisation for a silent provider that was told to ask again, and for nothing else', async () => {
  const trust = async (isTrustedToAskAgain: boolean) => {
    const { version } = (await owner.browser.get('/sso/connections', owner.token)).body.items[0]
    return owner.browser.call('PATCH', `/sso/connections/${connection.id}`, owner.token, { isTrustedToAskAgain }, version)
  }
  expect(await trust(true)).toMatchObject({ status: 200, body: { isTrustedToAskAgain: true } })
  expect(await doSomethingSensitive(await comeBy({}, true))).toEqual([201, undefined])
  // It was not told to ask; it says when it did; it says that it was no proof; it wrote that long ago.
  expect(await doSomethingSensitive(await comeBy({}))).toEqual([403, 'auth.step_up_needed'])
  for (const claims of [{ auth_time: secondsAgo(900) }, { acr: '0' }, { iat: secondsAgo(900) }]) expect((await comeBy(claims, true)).status).toBe(403)
  expect((await owner.browser.get('/security-log?kind=sso.changed', owner.token)).body.items[0]).toMatchObject({ details: { changed: 'isTrustedToAskAgain' } })
  await trust(false)
  expect((await comeBy({}, true)).body.code).toBe('auth.sso.not_fresh')
})

it('gets a new sign-in from a provider that keeps to the standard', async () => {
  const organization = await ssoOrganization(world)
  const email = atProvider(world, `grace@${organization.domain}`)
  const { body } = await signInBySso(world, email)
  const browser = new Browser(auth.app)
  expect((await browser.call('POST', '/auth/factors/totp', body.accessToken)).status).toBe(201)

  const again = new Browser(auth.app)
  const started = await again.post('/auth/sso/start', { email, isFresh: true, returnTo: '/settings/security' })
  const answer = await finish(again, await oidc.logIn(started.body.authorizationUrl, email))
  expect(answer.body).toMatchObject({ status: 'signed-in', returnTo: '/settings/security' })
  expect((await again.get('/auth/factors', answer.body.accessToken)).body.signedInBy).toBe('connection')
})

it('asks for a factor here, where everybody needs two, whom the provider itself says to have shown one only', async () => {
  await auth.database.asAdmin(
    `insert into auth.sign_in_policy (organization_id, second_factor_required_at) values ('${owner.organizationId}', now())
     on conflict (organization_id) do update set second_factor_required_at = now()`,
  )
  expect((await comeBy({ amr: ['pwd'], auth_time: secondsAgo(5) })).body.me).toMatchObject({ mustAddFactor: true, permissions: [] })
  // Without a time nobody could set one up: that needs a fresh proof.
  for (const claims of [{ amr: ['pwd', 'otp'], auth_time: secondsAgo(5) }, { amr: ['mfa'] }, { amr: ['pwd'] }, {}])
    expect((await comeBy(claims)).body.me.mustAddFactor).toBeUndefined()
})
