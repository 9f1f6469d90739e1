import { factorAdded, factorRemoved, recoveryCodeUsed } from '@ai-crm/contracts'
import { startService } from '@ai-crm/testing'
import { expect, it } from 'vitest'
import service from '../service.ts'
import { Browser, newPerson } from '../testing/browser.ts'
import { mailTo } from '../testing/mails.ts'
import { codeOf, protectedPerson } from '../testing/second-factor-fixture.ts'

const auth = await startService(service)

it('counts an app after its first code only, and shows ten recovery codes once', async () => {
  const browser = new Browser(auth.app)
  const person = newPerson()
  const token: string = (await browser.post('/auth/sign-up', person)).body.accessToken
  const { secret, uri } = (await browser.call('POST', '/auth/factors/totp', token)).body
  expect(uri).toContain(secret)
  expect((await browser.post('/auth/sign-in', person)).status).toBe(400)
  const signIn = () => new Browser(auth.app).post('/auth/sign-in', { email: person.email, password: person.password })
  expect((await signIn()).body.status).toBe('signed-in')

  expect((await browser.call('POST', '/auth/factors/totp/confirm', token, { code: '000000' })).status).toBe(422)
  const { recoveryCodes } = (await browser.call('POST', '/auth/factors/totp/confirm', token, { code: codeOf(secret) })).body
  expect(recoveryCodes).toHaveLength(10)
  expect((await signIn()).body.status).toBe('second-factor-needed')
  const stored = await auth.database.asAdmin(`select encode(digest, 'escape') as digest from auth.recovery_code`)
  for (const code of recoveryCodes) expect(JSON.stringify(stored)).not.toContain(code)
})

it('keeps secrets encrypted, each in its own row: a copied one is worth nothing', async () => {
  const [ada, eve] = [await protectedPerson(auth), await protectedPerson(auth)]
  await auth.database.asAdmin(`update auth.totp_credential set encrypted_secret =
    (select encrypted_secret from auth.totp_credential where user_id = '${eve.userId}') where user_id = '${ada.userId}'`)
  const browser = new Browser(auth.app)
  const { challenge } = (await ada.givePassword(browser)).body
  const code = await eve.freshCode()
  const answer = await browser.post('/auth/sign-in/second-factor', { challenge, proof: { method: 'totp', code } })
  expect(answer.status).toBe(500)
  expect(browser.cookies.has('__Host-refresh')).toBe(false)
})

it('forgets the recovery codes with the last factor, and makes no new ones without', async () => {
  const person = await protectedPerson(auth)
  const { body } = await person.home.call('POST', '/auth/factors/recovery-codes', person.accessToken)
  expect(body.recoveryCodes.filter((code: string) => person.recoveryCodes.includes(code))).toEqual([])
  expect((await person.home.call('DELETE', '/auth/factors/totp', person.accessToken)).status).toBe(204)
  expect((await person.home.get('/auth/factors', person.accessToken)).body).toMatchObject({ totp: null, recoveryCodes: null })
  expect((await person.home.call('POST', '/auth/factors/recovery-codes', person.accessToken)).status).toBe(409)
  expect((await person.givePassword(person.home)).body.status).toBe('signed-in')
})

it('announces what changed: in events, in the security log and by mail', async () => {
  const person = await protectedPerson(auth)
  const browser = new Browser(auth.app)
  const { challenge } = (await person.givePassword(browser)).body
  await browser.post('/auth/sign-in/second-factor', { challenge, proof: { method: 'recovery-code', code: person.recoveryCodes[0] } })
  await person.home.call('DELETE', '/auth/factors/totp', person.accessToken)
  expect(await auth.emitted(factorAdded, person.organizationId)).toMatchObject([{ data: { userId: person.userId, factor: 'totp' } }])
  expect(await auth.emitted(recoveryCodeUsed, person.organizationId)).toMatchObject([{ data: { codesLeft: 9 } }])
  expect(await auth.emitted(factorRemoved, person.organizationId)).toHaveLength(1)
  expect(await mailTo(auth, person.organizationId, person.email)).toMatchObject({ factor: 'totp', link: expect.stringContaining('/settings/security') })
  const log = await auth.database.asAdmin(`select kind from auth.security_event where organization_id = '${person.organizationId}' order by sequence`)
  expect(log.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['factor.added', 'factor.recovery-code-used', 'factor.removed']))
})

it('does not show or touch the passkeys of somebody else', async () => {
  const [ada, eve] = [await protectedPerson(auth), await protectedPerson(auth)]
  const [{ id }] = await auth.database
    .asAdmin(`insert into auth.passkey (user_id, credential_id, relying_party, public_key, sign_count, transports, is_synced, name)
    values ('${ada.userId}', 'x', 'localhost', 'x', 0, '{}', false, 'Phone') returning id`)
    .then(([row]) => [row ?? { id: '' }] as const)
  expect((await eve.home.get('/auth/factors', eve.accessToken)).body.passkeys).toEqual([])
  expect((await eve.home.call('PUT', `/auth/factors/passkeys/${id}/name`, eve.accessToken, { name: 'Mine' })).status).toBe(404)
  expect((await eve.home.call('DELETE', `/auth/factors/passkeys/${id}`, eve.accessToken)).status).toBe(404)
  expect((await ada.home.call('PUT', `/auth/factors/passkeys/${id}/name`, ada.accessToken, { name: 'Mine' })).status).toBe(200)
  expect((await ada.home.call('DELETE', `/auth/factors/passkeys/${id}`, ada.accessToken)).status).toBe(204)
})
