import type { PasskeyAssertion } from '@ai-crm/contracts'
import { startService } from '@ai-crm/testing'
import { expect, it } from 'vitest'
import service from '../../service.ts'
import { Browser } from '../../testing/browser.ts'
import { SoftwareAuthenticator, type AssertionLies } from '../../testing/software-authenticator.ts'
import { founder, type Person } from '../../testing/team.ts'

const auth = await startService(service)
/** Where requests of these tests are sent to. */
const ORIGIN = 'http://localhost:80'

interface Holder extends Person {
  readonly authenticator: SoftwareAuthenticator
}

/** Somebody whose account has a passkey. */
async function holder(): Promise<Holder> {
  const person = await founder(auth)
  const authenticator = new SoftwareAuthenticator(ORIGIN)
  expect(await addPasskey(person, authenticator)).toMatchObject({ status: 201 })
  return { ...person, authenticator }
}

async function addPasskey({ browser, token }: Person, authenticator: SoftwareAuthenticator, lies: AssertionLies = {}) {
  const { body } = await browser.call('POST', '/auth/factors/passkeys/options', token)
  return browser.call('POST', '/auth/factors/passkeys', token, { name: 'Key', credential: authenticator.create(body.challenge, lies) })
}

const challengeToSignIn = async (browser: Browser): Promise<string> => (await browser.send('/auth/sign-in/passkey-options')).body.challenge
const signIn = (browser: Browser, credential: PasskeyAssertion) => browser.send('/auth/sign-in/passkey', { credential })
const REFUSED = { status: 403, body: { code: 'auth.factor.refused' } }

/** Nobody is signed in by it, and the answer is the one for everything that does not fit. */
async function expectRefused(browser: Browser, credential: PasskeyAssertion): Promise<void> {
  expect(await signIn(browser, credential)).toMatchObject(REFUSED)
  expect(browser.cookies.has('__Host-refresh')).toBe(false)
}

it('signs in by a passkey alone, each answer once: a replayed one is refused, in this browser and elsewhere', async () => {
  const { authenticator, userId } = await holder()
  const browser = new Browser(auth.app)
  const assertion = authenticator.assert(await challengeToSignIn(browser))
  expect(await signIn(browser, assertion)).toMatchObject({ status: 200, body: { me: { user: { id: userId } } } })
  expect(await signIn(browser, assertion)).toMatchObject(REFUSED)
  await expectRefused(new Browser(auth.app), assertion)
})

it('accepts one of many copies of an answer that arrive at once', async () => {
  const { authenticator } = await holder()
  const assertion = authenticator.assert(await challengeToSignIn(new Browser(auth.app)))
  const answers = await Promise.all(Array.from({ length: 20 }, () => signIn(new Browser(auth.app), assertion)))
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
  expect(answers.filter(({ status }) => status === 403)).toHaveLength(19)
})

it('refuses a counter that stands still or goes back: a copy of the authenticator', async () => {
  const { authenticator } = await holder()
  const browser = new Browser(auth.app)
  expect((await signIn(browser, authenticator.assert(await challengeToSignIn(browser), { count: 7 }))).status).toBe(200)
  for (const count of [7, 6, 0]) await expectRefused(new Browser(auth.app), authenticator.assert(await challengeToSignIn(browser), { count }))
  expect((await signIn(browser, authenticator.assert(await challengeToSignIn(browser), { count: 8 }))).status).toBe(200)
})

it('lets one of ten copies of an authenticator in that sign at the same moment, each its own challenge', async () => {
  const { authenticator } = await holder()
  const challenges = await Promise.all(Array.from({ length: 10 }, () => challengeToSignIn(new Browser(auth.app))))
  const assertions = challenges.map((challenge) => authenticator.assert(challenge, { count: 9 }))
  const answers = await Promise.all(assertions.map((assertion) => signIn(new Browser(auth.app), assertion)))
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, ...Array<number>(9).fill(403)])
})

it.each<[string, AssertionLies]>([
  ['signed on the page of somebody else', { origin: 'https://evil.example' }],
  ['signed on a page whose name begins like ours', { origin: 'http://localhost.evil.example' }],
  ['signed for another relying party', { rpId: 'evil.example' }],
  ['signed for something else than signing in', { type: 'webauthn.create' }],
  ['signed without verifying the person, where the passkey is all there is', { isVerified: false }],
  ['of a credential that nobody has', { id: 'AAAA' }],
])('refuses an answer %s', async (_what, lies) => {
  const { authenticator } = await holder()
  const browser = new Browser(auth.app)
  await expectRefused(browser, authenticator.assert(await challengeToSignIn(browser), lies))
  expect((await signIn(browser, authenticator.assert(await challengeToSignIn(browser)))).status).toBe(200)
})

it('refuses the signature of another key under a credential’s id', async () => {
  const [ada, eve] = [await holder(), await holder()]
  const browser = new Browser(auth.app)
  await expectRefused(browser, eve.authenticator.assert(await challengeToSignIn(browser), { id: ada.authenticator.id }))
})

it('refuses a challenge of its own making, one that is over, and one for another purpose', async () => {
  const { authenticator, browser: home, token } = await holder()
  const browser = new Browser(auth.app)
  await expectRefused(browser, authenticator.assert(Buffer.alloc(32, 1).toString('base64url')))

  const late = await challengeToSignIn(browser)
  await auth.database.asAdmin(
    `update auth.passkey_ceremony set expires_at = now() where challenge = decode('${Buffer.from(late, 'base64url').toString('hex')}', 'hex')`,
  )
  await expectRefused(browser, authenticator.assert(late))

  const forStepUp = (await home.call('POST', '/auth/step-up/passkey-options', token)).body.challenge
  await expectRefused(browser, authenticator.assert(forStepUp))
  const forMaking = (await home.call('POST', '/auth/factors/passkeys/options', token)).body.challenge
  await expectRefused(browser, authenticator.assert(forMaking))
})

it('takes nobody else’s passkey as a second factor or for a step-up, nor the challenge of one for the other', async () => {
  const [ada, eve] = [await holder(), await holder()]
  const browser = new Browser(auth.app)
  const { challenge } = (await browser.send('/auth/sign-in', { email: ada.email, password: ada.password })).body
  const ask = async (): Promise<string> => (await browser.send('/auth/sign-in/second-factor/passkey-options', { challenge })).body.challenge
  const answer = (credential: PasskeyAssertion) => browser.send('/auth/sign-in/second-factor', { challenge, proof: { method: 'passkey', credential } })
  expect(await answer(eve.authenticator.assert(await ask()))).toMatchObject(REFUSED)
  const evesOwn = (await eve.browser.call('POST', '/auth/step-up/passkey-options', eve.token)).body.challenge
  expect(await answer(ada.authenticator.assert(evesOwn))).toMatchObject(REFUSED)
  expect(await answer(ada.authenticator.assert(await challengeToSignIn(browser)))).toMatchObject(REFUSED)

  const adasStepUp = (await ada.browser.call('POST', '/auth/step-up/passkey-options', ada.token)).body.challenge
  const stepUp = (person: Holder, credential: PasskeyAssertion) =>
    person.browser.call('POST', '/auth/step-up', person.token, { proof: { method: 'passkey', credential } })
  expect(await stepUp(eve, eve.authenticator.assert(adasStepUp))).toMatchObject(REFUSED)
  expect(await stepUp(ada, eve.authenticator.assert(adasStepUp))).toMatchObject(REFUSED)
  const adasMaking = (await ada.browser.call('POST', '/auth/factors/passkeys/options', ada.token)).body.challenge
  expect(await stepUp(ada, ada.authenticator.assert(adasMaking))).toMatchObject(REFUSED)
  expect((await answer(ada.authenticator.assert(await ask()))).status).toBe(200)
})

it.each<[string, AssertionLies]>([
  ['on the page of somebody else', { origin: 'https://evil.example' }],
  ['for another relying party', { rpId: 'evil.example' }],
  ['without verifying the person', { isVerified: false }],
  ['as an answer of another kind', { type: 'webauthn.get' }],
])('keeps no passkey that was made %s', async (_what, lies) => {
  const person = await founder(auth)
  expect((await addPasskey(person, new SoftwareAuthenticator(ORIGIN), lies)).status).toBe(422)
  expect((await person.browser.get('/auth/factors', person.token)).body.passkeys).toEqual([])
})

it('keeps a passkey for one person only, made for a challenge of their own', async () => {
  const [ada, eve] = [await holder(), await founder(auth)]
  expect((await addPasskey(eve, ada.authenticator)).status).toBe(409)
  const adas = (await ada.browser.call('POST', '/auth/factors/passkeys/options', ada.token)).body.challenge
  const credential = new SoftwareAuthenticator(ORIGIN).create(adas)
  expect((await eve.browser.call('POST', '/auth/factors/passkeys', eve.token, { name: 'Key', credential })).status).toBe(422)
})
