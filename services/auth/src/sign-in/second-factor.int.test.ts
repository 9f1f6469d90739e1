import { startService } from '@ai-crm/testing'
import { expect, it } from 'vitest'
import service from '../service.ts'
import { Browser, type BrowserAnswer } from '../testing/browser.ts'
import { inWaves } from '../testing/in-waves.ts'
import { protectedPerson } from '../testing/second-factor-fixture.ts'

const auth = await startService(service)

const answer = (browser: Browser, challenge: string, code: string, more: object = {}) =>
  browser.post('/auth/sign-in/second-factor', { challenge, proof: { method: 'totp', code }, ...more })
const recover = (browser: Browser, challenge: string, code: string) =>
  browser.post('/auth/sign-in/second-factor', { challenge, proof: { method: 'recovery-code', code } })

it('gives no session for the password alone, and one for the code', async () => {
  const person = await protectedPerson(auth)
  const browser = new Browser(auth.app)
  const { status, body } = await person.givePassword(browser)
  expect(status).toBe(200)
  expect(body).toEqual({ status: 'second-factor-needed', challenge: expect.any(String), expiresAt: expect.any(String), methods: ['totp', 'recovery-code'] })
  expect(browser.cookies.has('__Host-refresh')).toBe(false)

  const signedIn = await answer(browser, body.challenge, await person.freshCode())
  expect(signedIn).toMatchObject({ status: 200, body: { status: 'signed-in', me: { user: { id: person.userId } } } })
  expect((await browser.post('/auth/refresh')).status).toBe(200)
})

it('accepts a code once, and a challenge once', async () => {
  const person = await protectedPerson(auth)
  const [one, two] = [new Browser(auth.app), new Browser(auth.app)]
  const code = await person.freshCode()
  const first = (await person.givePassword(one)).body.challenge
  const second = (await person.givePassword(two)).body.challenge
  const answers = await Promise.all([answer(one, first, code), answer(two, second, code)])
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 403])
  const [winner, answered] = answers[0].status === 200 ? [one, first] : [two, second]
  expect(await answer(winner, answered, await person.freshCode())).toMatchObject({ status: 403, body: { code: 'auth.second_factor.challenge_over' } })
})

it('counts no more than five of a thousand parallel wrong codes', async () => {
  const person = await protectedPerson(auth)
  const browser = new Browser(auth.app)
  const { challenge } = (await person.givePassword(browser)).body
  // A hundred at any moment: more than that the door of the process turns away before anything is counted.
  const answers: BrowserAnswer[] = []
  await inWaves(1000, 100, async () => void answers.push(await answer(browser, challenge, '000000')))
  const codes = Map.groupBy(answers, ({ body }) => body.code)
  // A counted one may be told that the database is too busy to go on: what counts is the row below.
  expect(codes.get('auth.factor.refused')?.length ?? 0).toBeLessThanOrEqual(5)
  expect(codes.get('auth.second_factor.challenge_over')?.length ?? 0).toBeGreaterThan(0)
  // A process that is overwhelmed may turn some away before they are counted at all; none is counted beyond.
  expect(answers.every(({ status }) => status >= 400)).toBe(true)
  const [row] = await auth.database.asAdmin(`select attempts from auth.second_factor_challenge where user_id = '${person.userId}'`)
  expect(row).toEqual({ attempts: 5 })
  expect(await answer(browser, challenge, await person.freshCode())).toMatchObject({ status: 403, body: { code: 'auth.second_factor.challenge_over' } })
}, 60_000)

it('refuses the challenge of another device and of another person', async () => {
  const [ada, eve] = [await protectedPerson(auth), await protectedPerson(auth)]
  const [adas, eves] = [new Browser(auth.app), new Browser(auth.app)]
  const adasChallenge = (await ada.givePassword(adas)).body.challenge
  const evesChallenge = (await eve.givePassword(eves)).body.challenge
  expect(await answer(eves, adasChallenge, await ada.freshCode())).toMatchObject({ status: 403, body: { code: 'auth.second_factor.challenge_over' } })
  expect(await answer(adas, evesChallenge, await ada.freshCode())).toMatchObject({ status: 403 })
  expect(await answer(adas, adasChallenge, await eve.freshCode())).toMatchObject({ status: 403, body: { code: 'auth.factor.refused' } })
  expect((await answer(adas, adasChallenge, await ada.freshCode())).status).toBe(200)
})

it('lets a challenge be answered for ten minutes', async () => {
  const person = await protectedPerson(auth)
  const browser = new Browser(auth.app)
  const { challenge, expiresAt } = (await person.givePassword(browser)).body
  expect(Math.abs(Date.parse(expiresAt) - Date.now() - 600_000)).toBeLessThan(30_000)
  await auth.database.asAdmin(`update auth.second_factor_challenge set expires_at = now() where user_id = '${person.userId}'`)
  expect(await answer(browser, challenge, await person.freshCode())).toMatchObject({ status: 403, body: { code: 'auth.second_factor.challenge_over' } })
})

it('stops strangers who know the password after ten wrong codes, and lets the owner in on a known device', async () => {
  const person = await protectedPerson(auth)
  const statuses: number[] = []
  for (let device = 0; device < 3; device++) {
    const stranger = new Browser(auth.app, `203.0.113.${device}`)
    const { challenge } = (await person.givePassword(stranger)).body
    for (let attempt = 0; attempt < 5; attempt++) statuses.push((await answer(stranger, challenge, '000000')).status)
  }
  expect(statuses).toEqual([...Array<number>(10).fill(403), ...Array<number>(5).fill(429)])

  const { challenge } = (await person.givePassword(person.home)).body
  expect((await answer(person.home, challenge, await person.freshCode())).status).toBe(200)
})

it('accepts each recovery code once, as people type it', async () => {
  const person = await protectedPerson(auth)
  expect(new Set(person.recoveryCodes).size).toBe(10)
  const [code = ''] = person.recoveryCodes
  const browser = new Browser(auth.app)
  const first = (await person.givePassword(browser)).body.challenge
  expect((await recover(browser, first, code.toLowerCase().replaceAll('-', ' '))).status).toBe(200)
  const second = (await person.givePassword(browser)).body.challenge
  expect((await recover(browser, second, code)).status).toBe(403)
  const factors = await person.home.get('/auth/factors', person.accessToken)
  expect(factors.body.recoveryCodes.left).toBe(9)
})

it('does not ask on a remembered device, until the password changes or the person forgets the device', async () => {
  const person = await protectedPerson(auth)
  const browser = new Browser(auth.app)
  const { challenge } = (await person.givePassword(browser)).body
  await answer(browser, challenge, await person.freshCode(), { rememberDevice: true })
  expect((await person.givePassword(browser)).body.status).toBe('signed-in')
  expect((await person.givePassword(new Browser(auth.app))).body.status).toBe('second-factor-needed')

  const { rememberedDevices } = (await browser.get('/auth/factors', person.accessToken)).body
  expect(rememberedDevices).toMatchObject([{ isThisDevice: true }])
  const stranger = await protectedPerson(auth)
  expect((await stranger.home.call('DELETE', `/auth/remembered-devices/${rememberedDevices[0].id}`, stranger.accessToken)).status).toBe(404)

  await auth.database.asAdmin(`update auth.password_credential set changed_at = now() where user_id = '${person.userId}'`)
  expect((await person.givePassword(browser)).body.status).toBe('second-factor-needed')
  await auth.database.asAdmin(`update auth.password_credential set changed_at = '2020-01-01' where user_id = '${person.userId}'`)
  expect((await person.givePassword(browser)).body.status).toBe('signed-in')
  await person.home.call('DELETE', `/auth/remembered-devices/${rememberedDevices[0].id}`, person.accessToken)
  expect((await person.givePassword(browser)).body.status).toBe('second-factor-needed')
})
