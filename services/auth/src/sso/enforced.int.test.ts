import { sessionRevoked } from '@ai-crm/contracts'
import { systemMailsTo } from '@ai-crm/testing'
import { expect, it } from 'vitest'
import { Browser } from '../testing/browser.ts'
import { codeOf } from '../testing/second-factor-fixture.ts'
import { atProvider, enforce, signInBySso, ssoOrganization, startSsoWorld, type SsoOrganization } from '../testing/sso-fixture.ts'
import { colleague, founder, type Person } from '../testing/team.ts'

const world = await startSsoWorld()
const { auth } = world

/** Somebody with a password and an address of the captured domain. */
async function captured({ owner, domain }: SsoOrganization, role: 'owner' | 'member' = 'member'): Promise<Person> {
  const person = await colleague(auth, owner, role)
  const email = `p${person.userId.slice(-12)}@${domain}`
  await auth.database.asAdmin(`update auth.user_account set email = '${email}' where id = '${person.userId}'`)
  await auth.database.asAdmin(`delete from auth.membership where user_id = '${person.userId}' and organization_id <> '${owner.organizationId}'`)
  return { ...person, email }
}

const signIn = ({ email, password }: { email: string; password: string }, browser = new Browser(auth.app)) => browser.post('/auth/sign-in', { email, password })

it('asks for a proven domain with a tested connection before it can be enforced', async () => {
  const owner = await founder(auth)
  expect((await enforce(owner)).body).toMatchObject({ code: 'auth.sso.nothing_to_enforce' })
})

it('ends sessions by password when it is enforced, and lets single sign-on in', async () => {
  const organization = await ssoOrganization(world)
  const person = await captured(organization)
  const outsider = await colleague(auth, organization.owner, 'member')
  expect((await enforce(organization.owner)).status).toBe(200)
  expect((await person.browser.get('/auth/me', person.token)).status).toBe(401)
  expect((await person.browser.post('/auth/refresh')).status).toBe(401)
  expect((await auth.emitted(sessionRevoked, organization.owner.organizationId)).map(({ data }) => data)).toContainEqual(
    expect.objectContaining({ userId: person.userId, reason: 'credentials-changed' }),
  )
  // Who has no address of the domain, and the owner, go on.
  expect((await outsider.browser.get('/auth/me', outsider.token)).status).toBe(200)
  expect((await organization.owner.browser.get('/auth/me', organization.owner.token)).status).toBe(200)
  const { body } = await signInBySso(world, person.email, atProvider(world, person.email))
  expect(body.me.user.id).toBe(person.userId)
})

it('refuses the password with the same words for members, wrong passwords and addresses that nobody has', async () => {
  const organization = await ssoOrganization(world)
  const person = await captured(organization)
  await enforce(organization.owner)
  const answers = await Promise.all([
    signIn(person),
    signIn({ ...person, password: 'not the password' }),
    signIn({ email: `nobody@${organization.domain}`, password: 'not the password' }),
  ])
  for (const { status, body } of answers) expect([status, body.code, body.detail]).toEqual([403, 'auth.sso.required', answers[0].body.detail])
  const elsewhere = await founder(auth)
  expect((await signIn({ ...elsewhere, password: 'not the password' })).body.code).toBe('auth.sign_in.refused')
})

it('lets an owner with a second factor in whatever the provider does, and one without by the provider only', async () => {
  const organization = await ssoOrganization(world)
  const owner = await captured(organization, 'owner')
  const bare = await captured(organization, 'owner')
  const { body: enrolment } = await owner.browser.call('POST', '/auth/factors/totp', owner.token)
  await owner.browser.call('POST', '/auth/factors/totp/confirm', owner.token, { code: codeOf(enrolment.secret) })
  await enforce(organization.owner)
  expect((await signIn(bare)).body.code).toBe('auth.sso.required')
  const browser = new Browser(auth.app)
  const { body: asked } = await signIn(owner, browser)
  expect(asked.status).toBe('second-factor-needed')
  await auth.database.asAdmin(`update auth.totp_credential set last_used_step = 0`)
  const proof = { method: 'totp', code: codeOf(enrolment.secret) }
  expect((await browser.post('/auth/sign-in/second-factor', { challenge: asked.challenge, proof })).body.status).toBe('signed-in')
})

it('leads by password to where it is allowed still, and not into the organisation by switching', async () => {
  const organization = await ssoOrganization(world)
  const person = await colleague(auth, organization.owner, 'member')
  const email = `both@${organization.domain}`
  const own = (await person.browser.get('/auth/organizations', person.token)).body.items.find(
    ({ id }: { id: string }) => id !== organization.owner.organizationId,
  )
  await auth.database.asAdmin(`update auth.user_account set email = '${email}' where id = '${person.userId}'`)
  await enforce(organization.owner)
  const browser = new Browser(auth.app)
  const { body } = await signIn({ email, password: person.password }, browser)
  expect(body.me.organization.id).toBe(own.id)
  const switched = await browser.post('/auth/switch-organization', { organizationId: organization.owner.organizationId })
  expect(switched.body).toMatchObject({ code: 'auth.sso.required' })
})

it('begins no session by password for whoever is invited either', async () => {
  const organization = await ssoOrganization(world)
  await enforce(organization.owner)
  const email = `invited@${organization.domain}`
  await organization.owner.browser.call('POST', '/invitations', organization.owner.token, { email, role: 'member', locale: 'en' })
  const mail = (await systemMailsTo(auth, email)).findLast(({ template }) => template === 'invitation')
  const newcomer = { name: 'New', password: 'correct horse battery', locale: 'en' }
  const answer = await new Browser(auth.app).post('/auth/invitations/accept', { token: mail?.token, newPerson: newcomer })
  expect(answer.body).toMatchObject({ code: 'auth.sso.required' })
  expect((await signInBySso(world, email, atProvider(world, email))).body.me.role).toBe('member')
})

it('mails the way by single sign-on to who asks for a new password and could do nothing with it', async () => {
  const organization = await ssoOrganization(world)
  const person = await captured(organization)
  await enforce(organization.owner)
  const ask = async (email: string) => (await new Browser(auth.app).post('/auth/password/forgot', { email })).status
  expect([await ask(person.email), await ask(`nobody@${organization.domain}`)]).toEqual([202, 202])
  await auth.settle()
  const templates = (await systemMailsTo(auth, person.email)).map(({ template }) => template)
  expect(templates).toContain('sign-in-by-sso')
  expect(templates).not.toContain('reset-password')
})

it('lets nobody take away what people have to sign in by', async () => {
  const { owner, connectionId, domainId } = await ssoOrganization(world)
  await enforce(owner)
  for (const [method, path, body] of [
    ['POST', `/sso/connections/${connectionId}/disable`, undefined],
    ['DELETE', `/sso/connections/${connectionId}`, undefined],
    ['DELETE', `/sso/domains/${domainId}`, undefined],
    ['PUT', `/sso/domains/${domainId}/connection`, { connectionId: null }],
  ] as const)
    expect((await owner.browser.call(method, path, owner.token, body)).body, path).toMatchObject({ code: 'auth.sso.still_enforced' })
  await enforce(owner, false)
  expect((await owner.browser.call('DELETE', `/sso/connections/${connectionId}`, owner.token)).status).toBe(204)
})

it('lets no sign-in by password slip in while it is being enforced', async () => {
  const organization = await ssoOrganization(world)
  const person = await captured(organization)
  const rounds = Array.from({ length: 4 }, () => signIn(person))
  await Promise.all([enforce(organization.owner), ...rounds])
  const alive = await auth.database.asAdmin(
    `select id from auth.session where user_id = '${person.userId}' and organization_id = '${organization.owner.organizationId}' and revoked_at is null`,
  )
  expect(alive).toEqual([])
})

it('is decided by who may, with a fresh proof', async () => {
  const { owner } = await ssoOrganization(world)
  const member = await colleague(auth, owner, 'manager')
  expect((await enforce(member)).status).toBe(403)
  const stale = await auth.signIn({ organizationId: owner.organizationId, authenticatedAtMs: Date.now() - 3_600_000 })
  expect((await stale.put('/sign-in-policy', { isSsoEnforced: true, isSecondFactorRequired: false })).body).toMatchObject({ code: 'auth.step_up_needed' })
})
