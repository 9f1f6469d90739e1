import { startService, systemMailsTo } from '@ai-crm/testing'
import { expect, it } from 'vitest'
import service from '../service.ts'
import { Browser } from '../testing/browser.ts'
import { SoftwareAuthenticator } from '../testing/software-authenticator.ts'
import { founder, type Person } from '../testing/team.ts'

const auth = await startService(service)
/** Where requests of these tests are sent to. */
const ORIGIN = 'http://localhost:80'

const newest = async (email: string) => (await systemMailsTo(auth, email)).at(-1)

async function addPasskey({ browser, token }: Person, authenticator: SoftwareAuthenticator) {
  const { body } = await browser.call('POST', '/auth/factors/passkeys/options', token)
  return browser.call('POST', '/auth/factors/passkeys', token, { name: 'Key', credential: authenticator.create(body.challenge) })
}

it('lets nobody in by what whoever changed the address added since; what was there before stays', async () => {
  const ada = await founder(auth)
  const before = new SoftwareAuthenticator(ORIGIN)
  const since = new SoftwareAuthenticator(ORIGIN)
  expect((await addPasskey(ada, before)).status).toBe(201)
  const newEmail = `thief-${ada.email}`
  await ada.browser.send('/auth/email/change', { newEmail, currentPassword: ada.password }, ada.token)
  await ada.browser.send('/auth/email/confirm', { token: (await newest(newEmail))?.token })
  const notice = await newest(ada.email)
  expect((await addPasskey(ada, since)).status).toBe(201)
  await auth.database.asAdmin(
    `insert into auth.linked_identity (provider, issuer, subject, user_id, email) values ('google', 'https://accounts.example', '${ada.userId}', '${ada.userId}', '${newEmail}')`,
  )
  expect((await new Browser(auth.app).send('/auth/email/revert', { token: notice?.token })).status).toBe(204)
  const rows = (table: string) => auth.database.asAdmin(`select from auth.${table} where user_id = '${ada.userId}'`)
  expect([(await rows('passkey')).length, (await rows('linked_identity')).length]).toEqual([1, 0])
  const comeBy = async (authenticator: SoftwareAuthenticator) => {
    const browser = new Browser(auth.app)
    const { challenge } = (await browser.send('/auth/sign-in/passkey-options')).body
    return (await browser.send('/auth/sign-in/passkey', { credential: authenticator.assert(challenge) })).status
  }
  expect([await comeBy(since), await comeBy(before)]).toEqual([403, 200])
})
