import { systemMailsTo } from '@ai-crm/testing'
import { expect, it } from 'vitest'
import { Browser, newPerson } from '../testing/browser.ts'
import { colleague, founder } from '../testing/team.ts'
import { addConnection, atProvider, CALLBACK, finish, proveDomain, signInBySso, ssoOrganization, startSsoWorld, test } from '../testing/sso-fixture.ts'

const world = await startSsoWorld()
const { auth, oidc, dns } = world

it('leads from a work address to the provider and signs in who comes back, as a member that joins by itself', async () => {
  const { domain, owner } = await ssoOrganization(world)
  const email = atProvider(world, `grace@${domain}`)
  const browser = new Browser(auth.app)
  const { status, body } = await signInBySso(world, email, email, browser)
  expect(status).toBe(200)
  expect(body).toMatchObject({
    status: 'signed-in',
    returnTo: '/',
    me: { user: { email, name: 'Grace Hopper' }, role: 'member', organization: { id: owner.organizationId } },
  })
  expect((await browser.get('/auth/me', body.accessToken)).status).toBe(200)
  expect((await browser.post('/auth/refresh')).status).toBe(200)
  // Once more is the same person.
  expect((await signInBySso(world, email)).body.me.user.id).toBe(body.me.user.id)
  const { items } = (await owner.browser.get('/security-log?thing=sso', owner.token)).body
  expect(items.map(({ kind }: { kind: string }) => kind)).toEqual(expect.arrayContaining(['sso.added', 'sso.changed', 'sso.linked']))
})

it('asks for a code with PKCE, state, nonce and the exact address of the callback page', async () => {
  const { domain } = await ssoOrganization(world)
  const { body } = await new Browser(auth.app).post('/auth/sso/start', { email: `anybody@${domain}` })
  const url = new URL(body.authorizationUrl)
  expect(url.origin).toBe(oidc.issuer)
  expect(Object.fromEntries(url.searchParams)).toMatchObject({
    response_type: 'code',
    redirect_uri: CALLBACK,
    scope: 'openid email profile',
    code_challenge_method: 'S256',
    code_challenge: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/),
    state: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/),
    nonce: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/),
  })
})

it('answers by the domain alone, so that nobody learns who has an account', async () => {
  const { domain } = await ssoOrganization(world)
  const email = atProvider(world, `known@${domain}`)
  await signInBySso(world, email)
  const ask = async (address: string) => {
    const { status, body } = await new Browser(auth.app).post('/auth/sso/start', { email: address })
    return [status, Object.keys(body)]
  }
  expect(await ask(email)).toEqual(await ask(`unknown@${domain}`))
  const known = await founder(auth)
  expect((await new Browser(auth.app).post('/auth/sso/start', { email: known.email })).body).toMatchObject({ code: 'auth.sso.not_set_up' })
  expect((await new Browser(auth.app).post('/auth/sso/start', { email: 'nobody@nowhere.example' })).body).toMatchObject({ code: 'auth.sso.not_set_up' })
})

it('sends new accounts of a captured domain to single sign-on', async () => {
  const { domain } = await ssoOrganization(world)
  const { status, body } = await new Browser(auth.app).send('/auth/sign-up', newPerson({ email: `new@${domain}` }))
  expect([status, body.code]).toEqual([403, 'auth.sso.required'])
})

it('connects an account that has the address, because the domain is proven and the provider is its own', async () => {
  const person = await founder(auth)
  const { owner, connectionId } = await ssoOrganization(world)
  const domain = `late${crypto.randomUUID().slice(0, 8)}.example`
  await auth.database.asAdmin(`update auth.user_account set email = 'old@${domain}' where id = '${person.userId}'`)
  await proveDomain(world, owner, domain)
  const { body } = await signInBySso(world, `old@${domain}`, atProvider(world, `old@${domain}`))
  expect(body.me).toMatchObject({ user: { id: person.userId }, organization: { id: owner.organizationId } })
  expect(connectionId).toBeTruthy()
  // Its person hears of it, once; whoever has got an account by it knows.
  await signInBySso(world, `old@${domain}`)
  const newcomer = atProvider(world, `new@${domain}`)
  expect((await signInBySso(world, newcomer)).status).toBe(200)
  const told = async (email: string) => (await systemMailsTo(auth, email)).filter(({ template }) => template === 'identity-linked')
  expect(await told(`old@${domain}`)).toMatchObject([{ parameters: { provider: 'Provider', account: `old@${domain}` } }])
  expect(await told(newcomer)).toEqual([])
})

it('takes nobody whose address the provider does not vouch for, nor one of a domain that is not proven', async () => {
  const { domain, owner } = await ssoOrganization(world)
  const victim = await colleague(auth, owner, 'admin')
  await auth.database.asAdmin(`update auth.user_account set email = 'boss@${domain}' where id = '${victim.userId}'`)
  for (const claims of [{ email_verified: false }, { email_verified: undefined }, { email_verified: 'no' }]) {
    const login = atProvider(world, `boss@${domain}`, claims, `mallory-${crypto.randomUUID()}`)
    expect((await signInBySso(world, `boss@${domain}`, login)).body).toMatchObject({ code: 'auth.sso.email_unverified' })
  }
  const foreign = atProvider(world, victim.email, {}, `mallory-${crypto.randomUUID()}`)
  expect((await signInBySso(world, `x@${domain}`, foreign)).body).toMatchObject({ code: 'auth.sso.domain_not_proven' })
  const { items } = (await owner.browser.get('/security-log?kind=session.sign-in-refused', owner.token)).body
  expect(items[0]).toMatchObject({ details: { by: 'sso', reason: 'domain_not_proven' } })
})

it('knows people by their subject: a recycled address does not get the account of its last owner', async () => {
  const { domain } = await ssoOrganization(world)
  const email = `shared@${domain}`
  await signInBySso(world, email, atProvider(world, email, {}, `first-${domain}`))
  expect((await signInBySso(world, email, atProvider(world, email, {}, `second-${domain}`))).body).toMatchObject({ code: 'auth.sso.identity_conflict' })
  // And the first one stays the same person with another address.
  oidc.people.set(`first-${domain}`, { email: `married@${domain}`, email_verified: true })
  expect((await signInBySso(world, email, `first-${domain}`)).body.me.user.email).toBe(email)
})

it('lets nobody join by themselves where the connection does not say so, but whoever was invited', async () => {
  const { domain, owner } = await ssoOrganization(world, null)
  const email = atProvider(world, `guest@${domain}`)
  expect((await signInBySso(world, email)).body).toMatchObject({ code: 'auth.sso.not_invited' })
  expect(await auth.database.asAdmin(`select id from auth.user_account where email = '${email}'`)).toEqual([])
  await owner.browser.call('POST', '/invitations', owner.token, { email, role: 'manager', locale: 'en' })
  expect((await signInBySso(world, email)).body.me).toMatchObject({ role: 'manager' })
})

it('does not bring back whom somebody removed or disabled, and ends their sessions', async () => {
  const { domain, owner } = await ssoOrganization(world)
  const email = atProvider(world, `leaver@${domain}`)
  const browser = new Browser(auth.app)
  const { body } = await signInBySso(world, email, email, browser)
  const userId: string = body.me.user.id
  await owner.browser.call('POST', `/members/${userId}/disable`, owner.token)
  expect((await browser.get('/auth/me', body.accessToken)).status).toBe(401)
  expect((await browser.post('/auth/refresh')).status).toBe(401)
  expect((await signInBySso(world, email)).body).toMatchObject({ code: 'auth.sso.not_invited' })
  await owner.browser.call('POST', `/members/${userId}/enable`, owner.token)
  expect((await signInBySso(world, email)).status).toBe(200)
  await owner.browser.call('POST', `/members/${userId}/remove`, owner.token, { handOverTo: null })
  expect((await signInBySso(world, email)).body).toMatchObject({ code: 'auth.sso.not_invited' })
  await owner.browser.call('POST', '/invitations', owner.token, { email, role: 'viewer', locale: 'en' })
  expect((await signInBySso(world, email)).body.me).toMatchObject({ role: 'viewer' })
})

it('ends the sessions of a connection with it, and begins none', async () => {
  const { domain, owner, connectionId } = await ssoOrganization(world)
  const email = atProvider(world, `ann@${domain}`)
  const browser = new Browser(auth.app)
  const { body } = await signInBySso(world, email, email, browser)
  const begun = await new Browser(auth.app).post('/auth/sso/start', { email })
  expect((await owner.browser.call('POST', `/sso/connections/${connectionId}/disable`, owner.token)).body.isEnabled).toBe(false)
  expect((await browser.get('/auth/me', body.accessToken)).status).toBe(401)
  expect((await browser.post('/auth/refresh')).status).toBe(401)
  expect(begun.status).toBe(200)
  expect((await signInBySso(world, email)).body).toMatchObject({ code: 'auth.sso.not_set_up' })
})

it('does not take a session of one organisation into another', async () => {
  const { domain } = await ssoOrganization(world)
  const elsewhere = await founder(auth)
  await auth.database.asAdmin(`update auth.user_account set email = 'two@${domain}' where id = '${elsewhere.userId}'`)
  const browser = new Browser(auth.app)
  await signInBySso(world, `two@${domain}`, atProvider(world, `two@${domain}`), browser)
  expect((await browser.post('/auth/switch-organization', { organizationId: elsewhere.organizationId })).body).toMatchObject({ code: 'auth.sso.stays_here' })
  const { body } = await browser.post('/auth/refresh')
  expect((await browser.call('POST', '/auth/organizations', body.accessToken, { name: 'Mine', locale: 'en' })).body).toMatchObject({
    code: 'auth.sso.stays_here',
  })
})

it('proves a domain by its TXT record, for one organisation', async () => {
  const owner = await founder(auth)
  const { body } = await owner.browser.call('POST', '/sso/domains', owner.token, { name: ' Proof.Example ' })
  expect(body).toMatchObject({ name: 'proof.example', verifiedAt: null, record: { name: '_ai-crm-challenge.proof.example' } })
  const verify = async (person: typeof owner, id: string) => person.browser.call('POST', `/sso/domains/${id}/verify`, person.token)
  expect((await verify(owner, body.id)).body).toMatchObject({ code: 'auth.domain.record_missing' })
  dns.setText(body.record.name, `${body.record.value}x`)
  expect((await verify(owner, body.id)).body).toMatchObject({ code: 'auth.domain.record_missing' })
  dns.setText(body.record.name, body.record.value)
  expect((await verify(owner, body.id)).body.verifiedAt).not.toBeNull()

  const other = await founder(auth)
  const theirs = (await other.browser.call('POST', '/sso/domains', other.token, { name: 'proof.example' })).body
  dns.setText(theirs.record.name, body.record.value, theirs.record.value)
  expect((await verify(other, theirs.id)).body).toMatchObject({ code: 'auth.domain.taken' })
  await owner.browser.call('DELETE', `/sso/domains/${body.id}`, owner.token)
  expect((await verify(other, theirs.id)).status).toBe(200)
})

it('enables what was tested as it is now only, and says what is wrong', async () => {
  const owner = await founder(auth)
  const domain = `tested${crypto.randomUUID().slice(0, 8)}.example`
  const { connectionId, answer } = await addConnection(world, owner, 'member')
  expect(answer.body).toMatchObject({ isEnabled: false, test: null, redirectUri: CALLBACK })
  const enable = async () => owner.browser.call('POST', `/sso/connections/${connectionId}/enable`, owner.token)
  expect((await enable()).body).toMatchObject({ code: 'auth.sso.not_tested' })
  const email = atProvider(world, `me@${domain}`)
  expect((await finish(owner.browser, await test(world, owner, connectionId, email))).body).toMatchObject({ status: 'tested', problem: 'domain_not_proven' })
  expect((await enable()).body).toMatchObject({ code: 'auth.sso.not_tested' })
  await proveDomain(world, owner, domain)
  expect((await finish(owner.browser, await test(world, owner, connectionId, email))).body).toMatchObject({ status: 'tested', problem: null })
  expect((await enable()).body).toMatchObject({ isEnabled: true, test: { problem: null } })
  const { version } = (await enable()).body
  const changed = await owner.browser.call('PATCH', `/sso/connections/${connectionId}`, owner.token, { clientSecret: 'another one' }, version)
  expect(changed.body).toMatchObject({ isEnabled: true, test: null })
  expect((await finish(owner.browser, await test(world, owner, connectionId, email))).body).toMatchObject({ problem: 'answer_refused' })
})

it('keeps the secret of the provider sealed, for its row and organisation', async () => {
  const one = await ssoOrganization(world)
  const two = await ssoOrganization(world)
  await auth.database.asAdmin(
    `update auth.sso_connection set sealed_secret = (select sealed_secret from auth.sso_connection where id = '${one.connectionId}') where id = '${two.connectionId}'`,
  )
  expect((await new Browser(auth.app).post('/auth/sso/start', { email: `x@${two.domain}` })).status).toBe(500)
  const raw = await auth.database.asAdmin(`select encode(sealed_secret, 'escape') as text from auth.sso_connection where id = '${one.connectionId}'`)
  expect(JSON.stringify(raw)).not.toContain(oidc.clientSecret)
  expect(JSON.stringify((await one.owner.browser.get('/sso/connections', one.owner.token)).body)).not.toContain(oidc.clientSecret)
})

it('is for those who may, and shows another organisation nothing', async () => {
  const { owner, connectionId, domainId } = await ssoOrganization(world)
  const member = await colleague(auth, owner, 'manager')
  const stranger = await founder(auth)
  const version = 1
  for (const [method, path, body] of [
    ['PATCH', `/sso/connections/${connectionId}`, { name: 'x' }],
    ['DELETE', `/sso/connections/${connectionId}`, undefined],
    ['POST', `/sso/connections/${connectionId}/test`, undefined],
    ['POST', `/sso/connections/${connectionId}/enable`, undefined],
    ['POST', `/sso/connections/${connectionId}/disable`, undefined],
    ['POST', `/sso/domains/${domainId}/verify`, undefined],
    ['PUT', `/sso/domains/${domainId}/connection`, { connectionId: null }],
    ['DELETE', `/sso/domains/${domainId}`, undefined],
  ] as const) {
    expect((await member.browser.call(method, path, member.token, body, version)).status, path).toBe(403)
    const theirs = await stranger.browser.call(method, path, stranger.token, body, version)
    const none = await stranger.browser.call(method, path.replace(/[0-9a-f-]{36}/, crypto.randomUUID()), stranger.token, body, version)
    expect([theirs.status, theirs.body.code], path).toEqual([404, none.body.code])
  }
  expect((await member.browser.get('/sso/connections', member.token)).status).toBe(403)
  expect((await stranger.browser.get('/sso/connections', stranger.token)).body.items).toEqual([])
  const mine = (await stranger.browser.call('POST', '/sso/domains', stranger.token, { name: 'mine.example' })).body
  expect((await stranger.browser.call('PUT', `/sso/domains/${mine.id}/connection`, stranger.token, { connectionId })).status).toBe(404)
})
