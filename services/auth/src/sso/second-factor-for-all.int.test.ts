import { INTERNAL_PREFIX } from '@ai-crm/contracts'
import { signServiceToken } from '@ai-crm/platform'
import { decodeJwt } from 'jose'
import { expect, it } from 'vitest'
import { Browser } from '../testing/browser.ts'
import { codeOf } from '../testing/second-factor-fixture.ts'
import { atProvider, signInBySso, ssoOrganization, startSsoWorld } from '../testing/sso-fixture.ts'
import { colleague, founder, type Person } from '../testing/team.ts'

const world = await startSsoWorld()
const { auth } = world

const require = ({ browser, token }: Person, isSecondFactorRequired = true) =>
  browser.put('/sign-in-policy', { isSsoEnforced: false, isSecondFactorRequired }, token)

async function addFactor({ browser }: Person, token: string): Promise<void> {
  const { body: enrolment } = await browser.call('POST', '/auth/factors/totp', token)
  const { status } = await browser.call('POST', '/auth/factors/totp/confirm', token, { code: codeOf(enrolment.secret) })
  if (status !== 200) throw new Error(`The factor was not added: ${status}`)
}

it('lets members without a second factor do nothing but set one up, at once and at the next sign-in', async () => {
  const owner = await founder(auth)
  const member = await colleague(auth, owner, 'admin')
  await addFactor(owner, owner.token)
  expect((await require(owner)).status).toBe(200)
  await auth.settle()
  // The token of before is worthless; the next one carries no right.
  expect((await member.browser.get('/members', member.token)).status).toBe(401)
  const { body } = await member.browser.post('/auth/refresh')
  expect(body.me).toMatchObject({ mustAddFactor: true, permissions: [] })
  expect((await member.browser.get('/members', body.accessToken)).status).toBe(403)
  expect((await member.browser.get('/auth/me', body.accessToken)).body).toMatchObject({ mustAddFactor: true, permissions: [] })

  const fresh = new Browser(auth.app)
  const { body: signedIn } = await fresh.post('/auth/sign-in', { email: member.email, password: member.password })
  expect(signedIn).toMatchObject({ status: 'signed-in', me: { mustAddFactor: true } })
  await addFactor({ ...member, browser: fresh }, signedIn.accessToken)
  const { body: after } = await fresh.post('/auth/refresh')
  expect(after.me.mustAddFactor).toBeUndefined()
  expect((await fresh.get('/members', after.accessToken)).status).toBe(200)
  // Somebody who has one never notices.
  expect((await owner.browser.get('/members', owner.token)).status).toBe(200)
})

it('concerns this organisation only', async () => {
  const owner = await founder(auth)
  const member = await colleague(auth, owner, 'member')
  await addFactor(owner, owner.token)
  await require(owner)
  await auth.settle()
  await member.browser.post('/auth/refresh')
  const { items } = (await member.browser.get('/auth/organizations', (await member.browser.post('/auth/refresh')).body.accessToken)).body
  const own = items.find(({ id }: { id: string }) => id !== owner.organizationId)
  const { body } = await member.browser.post('/auth/switch-organization', { organizationId: own.id })
  expect(body.me.mustAddFactor).toBeUndefined()
  expect(body.me.permissions).not.toEqual([])
})

it('leaves API keys alone', async () => {
  const owner = await founder(auth)
  const { body: key } = await owner.browser.call('POST', '/api-keys', owner.token, {
    name: 'Robot',
    permissions: ['crm.contact.read'],
    allowedNetworks: [],
    expiresInDays: null,
  })
  await require(owner)
  await auth.settle()
  const gateway = await signServiceToken((purpose) => auth.publicCtx().deriveKey(purpose), 'gateway', 'auth', null)
  const exchanged = await auth.app.inject({
    method: 'POST',
    url: `${INTERNAL_PREFIX}/auth/api-keys/exchange`,
    headers: { authorization: `Bearer ${gateway}` },
    payload: { key: key.secret, address: '192.0.2.9', userAgent: 'test' },
  })
  expect(decodeJwt(exchanged.json().accessToken)).toMatchObject({ grant: { permissions: ['crm.contact.read'] } })
})

it("asks nobody whom the organisation's own provider vouches for: that asks for what the organisation wants", async () => {
  const { owner, domain } = await ssoOrganization(world)
  await require(owner)
  await auth.settle()
  const { body } = await signInBySso(world, `a@${domain}`, atProvider(world, `a@${domain}`))
  expect(body.me.mustAddFactor).toBeUndefined()
  expect(body.me.permissions).not.toEqual([])
})

it('concerns whoever decides it too: they set one up, and have their rights again', async () => {
  const owner = await founder(auth)
  await require(owner)
  await auth.settle()
  const { body } = await owner.browser.post('/auth/refresh')
  expect(body.me.mustAddFactor).toBe(true)
  expect((await owner.browser.get('/sign-in-policy', body.accessToken)).status).toBe(403)
  await addFactor(owner, body.accessToken)
  const again = await owner.browser.post('/auth/refresh')
  expect((await owner.browser.get('/sign-in-policy', again.body.accessToken)).body).toEqual({ isSsoEnforced: false, isSecondFactorRequired: true })
})
