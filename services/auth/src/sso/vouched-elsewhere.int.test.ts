import { expect, it } from 'vitest'
import { Browser } from '../testing/browser.ts'
import { SoftwareAuthenticator } from '../testing/software-authenticator.ts'
import { atProvider, signInBySso, ssoOrganization, startSsoWorld } from '../testing/sso-fixture.ts'
import { founder, type Person } from '../testing/team.ts'

const world = await startSsoWorld()
const { auth } = world
/** Where requests of these tests are sent to. */
const ORIGIN = 'http://localhost:80'
const STEP_UP = { status: 403, body: { code: 'auth.step_up_needed' } }
const VOUCHED = { status: 403, body: { code: 'auth.factor.only_vouched' } }

async function addPasskey(browser: Browser, token: string) {
  const options = await browser.call('POST', '/auth/factors/passkeys/options', token)
  if (options.status !== 201 && options.status !== 200) return options
  const credential = new SoftwareAuthenticator(ORIGIN).create(options.body.challenge)
  return browser.call('POST', '/auth/factors/passkeys', token, { name: 'Key', credential })
}

/** Somebody with an organisation of their own, whose address is of the domain of an organisation that signs its people in itself. */
async function ofBoth(): Promise<{ person: Person; browser: Browser; token: string }> {
  const { domain } = await ssoOrganization(world)
  const person = await founder(auth)
  const email = atProvider(world, `both-${crypto.randomUUID()}@${domain}`)
  await auth.database.asAdmin(`update auth.user_account set email = '${email}' where id = '${person.userId}'`)
  const browser = new Browser(auth.app)
  const { body } = await signInBySso(world, email, email, browser)
  expect(body.me.user.id).toBe(person.userId)
  return { person, browser, token: body.accessToken }
}

it('lets an organisation’s own provider add no way into the other organisations of a person', async () => {
  const { person, browser, token } = await ofBoth()
  expect(await addPasskey(browser, token)).toMatchObject(STEP_UP)
  expect(await browser.call('POST', '/auth/factors/totp', token)).toMatchObject(STEP_UP)
  const { body } = await browser.call('POST', '/auth/step-up', token, { proof: { method: 'password', password: person.password } })
  expect((await addPasskey(browser, body.accessToken)).status).toBe(201)
})

it('lets it add none for who has nothing of their own here, but an app, which opens nothing by itself', async () => {
  const { person, browser, token } = await ofBoth()
  await auth.database.asAdmin(`delete from auth.password_credential where user_id = '${person.userId}'`)
  expect(await addPasskey(browser, token)).toMatchObject(VOUCHED)
  expect((await browser.call('POST', '/auth/factors/totp', token)).status).toBe(201)
  await auth.database.asAdmin(`update auth.session set factors = '{sso,totp}' where user_id = '${person.userId}'`)
  expect(await addPasskey(browser, (await browser.post('/auth/refresh')).body.accessToken)).toMatchObject(VOUCHED)
})

it('is no obstacle for people of that organisation alone', async () => {
  const { domain } = await ssoOrganization(world)
  const browser = new Browser(auth.app)
  const email = atProvider(world, `alone-${crypto.randomUUID()}@${domain}`)
  const { body } = await signInBySso(world, email, email, browser)
  expect((await addPasskey(browser, body.accessToken)).status).toBe(201)
})

it('connects no account elsewhere by a proof of an hour ago', async () => {
  const { userId, organizationId } = await founder(auth)
  const stale = await auth.signIn({ userId, organizationId, authenticatedAtMs: Date.now() - 3_600_000 })
  expect(await stale.post('/auth/sso/link', { ticket: 'x'.repeat(43) })).toMatchObject(STEP_UP)
})
