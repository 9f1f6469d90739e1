import { startForgingOidcServer } from '@ai-crm/testing/fakes/forging-oidc-server'
import { startService, systemMailsTo } from '@ai-crm/testing'
import { afterAll, expect, it } from 'vitest'
import service from '../service.ts'
import { Browser } from '../testing/browser.ts'
import { protectedPerson } from '../testing/second-factor-fixture.ts'
import { founder, type Person } from '../testing/team.ts'

const SECRET = 'known to both of us, and long enough'
const google = await startForgingOidcServer(SECRET)
afterAll(() => google.close())
const auth = await startService(service, {
  environment: {
    EGRESS_ALLOWED_HOSTS: '127.0.0.1',
    GOOGLE_CLIENT_ID: 'ai-crm',
    GOOGLE_CLIENT_SECRET: SECRET,
    GOOGLE_ISSUER: google.issuer,
  },
})

async function comeBy(claims: Record<string, unknown>, browser = new Browser(auth.app)) {
  const { body } = await browser.post('/auth/sso/start', { provider: 'google', returnTo: '/contacts' })
  const { searchParams } = new URL(body.authorizationUrl)
  google.forge(searchParams.get('nonce') ?? '', { claims })
  return browser.post('/auth/sso/callback', { state: searchParams.get('state'), code: 'a code' })
}

async function link(person: Pick<Person, 'email' | 'password'>, sub: string, browser = new Browser(auth.app)) {
  const { body } = await comeBy({ sub, email: person.email, email_verified: true }, browser)
  const { body: signedIn } = await browser.post('/auth/sign-in', { email: person.email, password: person.password })
  return browser.send('/auth/sso/link', { ticket: body.ticket }, signedIn.accessToken)
}

it('offers what is set up and nothing else', async () => {
  expect((await new Browser(auth.app).get('/auth/sso/providers', '')).body).toEqual({ items: ['google'] })
  expect((await new Browser(auth.app).post('/auth/sso/start', { provider: 'microsoft' })).body).toMatchObject({ code: 'auth.sso.not_set_up' })
})

it('gives no account for an address: its owner signs in once, and then comes in by the provider', async () => {
  const person = await founder(auth)
  const sub = crypto.randomUUID()
  expect((await comeBy({ sub, email: person.email, email_verified: false })).body).toMatchObject({ code: 'auth.sso.email_unverified' })
  expect((await comeBy({ sub, email: person.email, email_verified: true })).body).toMatchObject({ status: 'link-needed', email: person.email })
  expect((await link(person, sub)).status).toBe(201)
  const { body } = await comeBy({ sub, email: 'changed@example.net', email_verified: true })
  expect(body).toMatchObject({ status: 'signed-in', returnTo: '/contacts', me: { user: { id: person.userId } } })
})

it('takes the ticket of nobody else, from no other browser, and once', async () => {
  const [victim, mallory] = [await founder(auth), await founder(auth)]
  const browser = new Browser(auth.app)
  const { body } = await comeBy({ sub: crypto.randomUUID(), email: victim.email, email_verified: true }, browser)
  const { body: theirs } = await browser.post('/auth/sign-in', { email: mallory.email, password: mallory.password })
  expect((await browser.send('/auth/sso/link', { ticket: body.ticket }, theirs.accessToken)).body).toMatchObject({ code: 'auth.sso.ticket_over' })
  expect((await victim.browser.send('/auth/sso/link', { ticket: body.ticket }, victim.token)).body).toMatchObject({ code: 'auth.sso.ticket_over' })
})

it('asks for the second factor after the provider as after the password', async () => {
  const person = await protectedPerson(auth)
  const sub = crypto.randomUUID()
  await person.home.send('/auth/sign-out')
  const { body: offered } = await comeBy({ sub, email: person.email, email_verified: true }, person.home)
  const { body: asked } = await person.givePassword(person.home)
  const proof = { method: 'totp', code: await person.freshCode() }
  const { body: signedIn } = await person.home.post('/auth/sign-in/second-factor', { challenge: asked.challenge, proof })
  expect((await person.home.send('/auth/sso/link', { ticket: offered.ticket }, signedIn.accessToken)).status).toBe(201)

  const browser = new Browser(auth.app)
  const { body } = await comeBy({ sub, email: person.email, email_verified: true }, browser)
  expect(body).toMatchObject({ status: 'second-factor-needed', returnTo: '/contacts' })
  const again = { method: 'totp', code: await person.freshCode() }
  expect((await browser.post('/auth/sign-in/second-factor', { challenge: body.challenge, proof: again })).body.status).toBe('signed-in')
})

it('shows what is connected, to its person only, and lets go of it', async () => {
  const [person, other] = [await founder(auth), await founder(auth)]
  const { body: linked } = await link(person, crypto.randomUUID())
  expect((await person.browser.get('/auth/identities', person.token)).body.items).toMatchObject([{ id: linked.id, provider: 'google' }])
  expect((await other.browser.get('/auth/identities', other.token)).body.items).toEqual([])
  expect((await other.browser.delete(`/auth/identities/${linked.id}`, other.token)).status).toBe(404)
  expect((await person.browser.delete(`/auth/identities/${linked.id}`, person.token)).status).toBe(204)
})

it('tells its person by mail of what opens their account and of what does not any more, and writes both down', async () => {
  const person = await founder(auth)
  const { body: linked } = await link(person, crypto.randomUUID())
  await person.browser.delete(`/auth/identities/${linked.id}`, person.token)
  const mails = (await systemMailsTo(auth, person.email)).filter(({ template }) => template.startsWith('identity-'))
  const parameters = { provider: 'Google', account: person.email }
  expect(mails).toMatchObject([
    { template: 'identity-linked', parameters },
    { template: 'identity-unlinked', parameters },
  ])
  const { items } = (await person.browser.get('/security-log?thing=sso', person.token)).body
  expect(items.map(({ kind }: { kind: string }) => kind)).toEqual(['sso.unlinked', 'sso.linked'])
})

it('ends what began by it once it is let go of, in every organisation, and nothing that began by something else', async () => {
  const [person, host] = [await founder(auth), await founder(auth)]
  const sub = crypto.randomUUID()
  const linking = new Browser(auth.app)
  const { body: linked } = await link(person, sub, linking)
  const [here, there] = [new Browser(auth.app), new Browser(auth.app)]
  for (const browser of [here, there]) expect((await comeBy({ sub, email: person.email, email_verified: true }, browser)).body.status).toBe('signed-in')
  await auth.database.asAdmin(`insert into auth.membership (organization_id, user_id, role) values ('${host.organizationId}', '${person.userId}', 'member')`)
  expect((await there.post('/auth/switch-organization', { organizationId: host.organizationId })).status).toBe(200)
  expect((await person.browser.delete(`/auth/identities/${linked.id}`, person.token)).status).toBe(204)
  expect((await here.post('/auth/refresh')).status).toBe(401)
  expect((await there.post('/auth/refresh')).status).toBe(401)
  expect((await there.post('/auth/switch-organization', { organizationId: person.organizationId })).status).toBe(401)
  for (const browser of [person.browser, linking]) expect((await browser.post('/auth/refresh')).status).toBe(200)
  expect((await person.browser.get('/auth/sessions', person.token)).body.items).toHaveLength(2)
})
