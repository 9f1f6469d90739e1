import { startService } from '@ai-crm/testing'
import { expect, it } from 'vitest'
import service from '../service.ts'
import { Browser, newPerson } from '../testing/browser.ts'
import { protectedPerson } from '../testing/second-factor-fixture.ts'

const auth = await startService(service)

const signedUp = async () => {
  const browser = new Browser(auth.app)
  const person = newPerson()
  const { body } = await browser.post('/auth/sign-up', person)
  return { browser, person, token: String(body.accessToken), organizationId: String(body.me.organization.id) }
}
const makeOld = (organizationId: string) =>
  auth.database.asAdmin(`update auth.session set authenticated_at = now() - interval '11 minutes' where organization_id = '${organizationId}'`)
const stepUp = (browser: Browser, token: string, proof: object) => browser.call('POST', '/auth/step-up', token, { proof })

it('asks for a fresh proof after ten minutes, and takes the password of who has no second factor', async () => {
  const { browser, person, organizationId } = await signedUp()
  await makeOld(organizationId)
  const stale = (await browser.post('/auth/refresh')).body.accessToken
  expect(await browser.call('POST', '/auth/factors/totp', stale)).toMatchObject({ status: 403, body: { code: 'auth.step_up_needed' } })
  expect((await stepUp(browser, stale, { method: 'password', password: 'wrong' })).status).toBe(403)
  const fresh = await stepUp(browser, stale, { method: 'password', password: person.password })
  expect(fresh.status).toBe(200)
  expect((await browser.call('POST', '/auth/factors/totp', fresh.body.accessToken)).status).toBe(201)
  expect((await browser.call('POST', '/auth/factors/totp', (await browser.post('/auth/refresh')).body.accessToken)).status).toBe(201)
})

it('does not let the password stand in for the second factor', async () => {
  const person = await protectedPerson(auth)
  await makeOld(person.organizationId)
  const stale = (await person.home.post('/auth/refresh')).body.accessToken
  expect((await stepUp(person.home, stale, { method: 'password', password: person.password })).status).toBe(403)
  const fresh = await stepUp(person.home, stale, { method: 'totp', code: await person.freshCode() })
  expect((await person.home.call('DELETE', '/auth/factors/totp', fresh.body.accessToken)).status).toBe(204)
})

it('asks a session that was made without the second factor, however young it is', async () => {
  const person = await protectedPerson(auth)
  await auth.database.asAdmin(`update auth.session set factors = '{password}' where organization_id = '${person.organizationId}'`)
  const { accessToken } = (await person.home.post('/auth/refresh')).body
  expect((await person.home.call('DELETE', '/auth/factors/totp', accessToken)).body.code).toBe('auth.step_up_needed')
})

it('stops guessing after ten wrong answers over all factors', async () => {
  const person = await protectedPerson(auth)
  const proofs = [
    { method: 'totp', code: '000000' },
    { method: 'recovery-code', code: 'AAAA' },
    { method: 'password', password: 'guess' },
  ]
  const statuses = await Promise.all(
    Array.from({ length: 30 }, async (_, index) => (await stepUp(person.home, person.accessToken, proofs[index % 3] ?? {})).status),
  )
  expect(statuses.filter((status) => status === 403)).toHaveLength(10)
  expect(statuses.filter((status) => status === 429)).toHaveLength(20)
})

it('refuses an API key, however young', async () => {
  const owner = await auth.signIn({ agent: { type: 'api-key', id: crypto.randomUUID() } })
  expect(await owner.post('/auth/factors/totp')).toMatchObject({ status: 403, body: { code: 'platform.person_needed' } })
})
