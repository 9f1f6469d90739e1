import { passwordSprays } from '@ai-crm/platform'
import { startService } from '@ai-crm/testing'
import { eventually } from '@ai-crm/testing/eventually'
import { beforeAll, expect, it } from 'vitest'
import { hashPassword } from '../passwords/hash-password.ts'
import service from '../service.ts'
import { Browser, newPerson } from '../testing/browser.ts'

const auth = await startService(service)
const person = newPerson()

beforeAll(async () => {
  await new Browser(auth.app).post('/auth/sign-up', person)
})

const signIn = (browser: Browser, email: string, password: string) => browser.post('/auth/sign-in', { email, password })

it('signs in with the right password', async () => {
  const browser = new Browser(auth.app)
  const { status, body } = await signIn(browser, person.email.toUpperCase(), person.password)
  expect(status).toBe(200)
  expect((await browser.get('/auth/me', body.accessToken)).body).toMatchObject({ user: { email: person.email }, role: 'owner' })
})

it('answers a wrong password and an unknown address alike, to the last byte but the request id', async () => {
  const wrong = await signIn(new Browser(auth.app, '192.0.2.10'), person.email, 'wrong password')
  const unknown = await signIn(new Browser(auth.app, '192.0.2.10'), 'nobody@example.org', 'wrong password')
  expect(wrong.status).toBe(401)
  expect({ ...unknown.body, requestId: '' }).toEqual({ ...wrong.body, requestId: '' })
  expect(Object.keys(unknown.headers).toSorted()).toEqual(Object.keys(wrong.headers).toSorted())
})

it('asks for a hash for an unknown address as for a known one: both are turned away while no slot is free', async () => {
  const stop = keepHashingFull()
  const browser = new Browser(auth.app, '198.51.100.7')
  const [known, unknown] = [await signIn(browser, person.email, 'wrong'), await signIn(browser, 'nobody-either@example.org', 'wrong')]
  await stop()
  expect(known).toMatchObject({ status: 503, body: { code: 'auth.password.busy' } })
  expect({ ...unknown.body, requestId: '' }).toEqual({ ...known.body, requestId: '' })
})

it('tries ten passwords per address and network in a quarter of an hour, also in a burst', async () => {
  const { email } = await stranger()
  const browser = new Browser(auth.app, '203.0.113.5')
  const answers = await Promise.all(Array.from({ length: 30 }, () => signIn(browser, email, 'guess')))
  expect(answers.filter(({ status }) => status === 401)).toHaveLength(10)
  const refused = answers.filter(({ status }) => status === 429)
  expect(refused).toHaveLength(20)
  expect(refused[0]?.body.code).toBe('auth.sign_in.too_many_attempts')
  expect(Number(refused[0]?.headers['retry-after'])).toBeGreaterThan(800)
})

it('B5: hashes ten guesses of strangers per account, from however many networks, and lets the owner in meanwhile', async () => {
  const owned = newPerson()
  const laptop = new Browser(auth.app)
  await laptop.post('/auth/sign-up', owned)
  const guesses = Array.from({ length: 120 }, (_, index) => signIn(new Browser(auth.app, `198.18.${index % 100}.1`), owned.email, `guess number ${index}`))
  const answers = await Promise.all(guesses)
  expect(answers.filter(({ status }) => status === 401)).toHaveLength(10)
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(110)
  expect((await signIn(new Browser(auth.app, '198.18.200.1'), owned.email, owned.password)).status).toBe(429)
  expect((await signIn(laptop, owned.email, owned.password)).status).toBe(200)
})

it('B5: bounds a known device by itself, and strangers do not profit from what the owner does', async () => {
  const owned = newPerson()
  const laptop = new Browser(auth.app)
  await laptop.post('/auth/sign-up', owned)
  for (let guess = 0; guess < 10; guess++) await signIn(new Browser(auth.app, `198.19.0.${guess}`), owned.email, 'guess')
  expect((await signIn(laptop, owned.email, owned.password)).status).toBe(200)
  expect((await signIn(new Browser(auth.app, '198.19.1.1'), owned.email, 'guess')).status).toBe(429)
  const answers = await Promise.all(Array.from({ length: 15 }, () => signIn(laptop, owned.email, 'typo')))
  expect(answers.filter(({ status }) => status === 401)).toHaveLength(10)
})

it('B5: tells of one password that is tried on many accounts from one network', async () => {
  const before = (await passwordSprays.get()).values[0]?.value ?? 0
  const network = new Browser(auth.app, '198.51.100.200')
  for (let account = 0; account < 30; account++) await signIn(network, `sprayed${account}@example.org`, 'Winter2026 for all')
  expect((await passwordSprays.get()).values[0]?.value).toBe(before + 1)
})

it('writes a refused sign-in into the security log, with the account and the time', async () => {
  const owned = newPerson()
  const browser = new Browser(auth.app)
  const { body } = await browser.post('/auth/sign-up', owned)
  await signIn(new Browser(auth.app, '203.0.113.9'), owned.email, 'a guess')
  await eventually(async () => {
    const { items } = (await browser.get('/security-log?kind=session.sign-in-refused', body.accessToken)).body
    expect(items).toMatchObject([{ kind: 'session.sign-in-refused', about: { id: body.me.user.id } }])
  })
})

it('takes a password of any age: nobody is made to change it by the calendar', async () => {
  const owned = newPerson()
  const { body } = await new Browser(auth.app).post('/auth/sign-up', owned)
  await auth.database.asAdmin(`update auth.password_credential set changed_at = '2001-01-01' where user_id = '${body.me.user.id}'`)
  expect(await signIn(new Browser(auth.app), owned.email, owned.password)).toMatchObject({ status: 200, body: { status: 'signed-in' } })
})

it('counts attempts anew after the right password', async () => {
  const { email, password } = await stranger()
  const browser = new Browser(auth.app, '203.0.113.8')
  for (let attempt = 0; attempt < 9; attempt++) await signIn(browser, email, 'typo')
  expect((await signIn(browser, email, password)).status).toBe(200)
  expect((await signIn(browser, email, 'typo')).status).toBe(401)
})

/** Somebody who has signed up elsewhere. */
async function stranger() {
  const owned = newPerson()
  await new Browser(auth.app).post('/auth/sign-up', owned)
  return owned
}

/** As many as may hash or wait for it, each at once followed by another. What it answers ends that. */
function keepHashingFull(): () => Promise<void> {
  let isOver = false
  const go = async (): Promise<void> => {
    while (!isOver) await hashPassword('whatever')
  }
  const workers = Array.from({ length: 66 }, go)
  return async () => {
    isOver = true
    await Promise.all(workers)
  }
}
