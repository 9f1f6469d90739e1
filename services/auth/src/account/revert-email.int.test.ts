import { apiKeyRevoked } from '@ai-crm/contracts'
import { startService, systemMailsTo } from '@ai-crm/testing'
import { withAdmin } from '@ai-crm/testing/cluster'
import { eventually } from '@ai-crm/testing/eventually'
import { expect, it } from 'vitest'
import service from '../service.ts'
import { Browser } from '../testing/browser.ts'
import { SoftwareAuthenticator } from '../testing/software-authenticator.ts'
import { founder, goTo, type Person } from '../testing/team.ts'

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

it('ends the keys that were made since in the name of the person, in every organisation, and no others', async () => {
  const [ada, host] = [await founder(auth), await founder(auth)]
  await auth.database.asAdmin(`insert into auth.membership (organization_id, user_id, role) values ('${host.organizationId}', '${ada.userId}', 'admin')`)
  const key = async (person: Person, name: string) =>
    (await person.browser.call('POST', '/api-keys', person.token, { name, permissions: ['crm.contact.read'] })).status
  expect([await key(ada, 'before'), await key(host, 'of somebody else')]).toEqual([201, 201])
  const newEmail = `thief-${ada.email}`
  await ada.browser.send('/auth/email/change', { newEmail, currentPassword: ada.password }, ada.token)
  await ada.browser.send('/auth/email/confirm', { token: (await newest(newEmail))?.token })
  const notice = await newest(ada.email)
  expect(await key(ada, 'since')).toBe(201)
  const elsewhere = { ...ada }
  await goTo(elsewhere, host.organizationId)
  expect(await key(elsewhere, 'since, elsewhere')).toBe(201)
  expect((await new Browser(auth.app).send('/auth/email/revert', { token: notice?.token })).status).toBe(204)
  const rows = await auth.database.asAdmin(
    `select name, revoked_at is not null as is_revoked from auth.api_key where organization_id in ('${ada.organizationId}', '${host.organizationId}')`,
  )
  expect(Object.fromEntries(rows.map((row) => [row['name'], row['is_revoked']]))).toEqual({
    before: false,
    'of somebody else': false,
    since: true,
    'since, elsewhere': true,
  })
  expect(await auth.emitted(apiKeyRevoked, host.organizationId)).toHaveLength(1)
})

it('ends a key too that whoever changed the address makes while it is taken back', async () => {
  const ada = await founder(auth)
  const newEmail = `thief-${ada.email}`
  await ada.browser.send('/auth/email/change', { newEmail, currentPassword: ada.password }, ada.token)
  await ada.browser.send('/auth/email/confirm', { token: (await newest(newEmail))?.token })
  const notice = await newest(ada.email)
  const { cluster, name } = auth.database
  await withAdmin(cluster, name, async (run) => {
    await run('begin')
    await run(`select from auth.user_account where id = '${ada.userId}' for update`)
    const reverting = new Browser(auth.app).send('/auth/email/revert', { token: notice?.token })
    await eventually(async () => {
      const waiting = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%"user_account"%'`
      expect(await auth.database.asAdmin(waiting)).not.toEqual([])
    })
    const made = await ada.browser.call('POST', '/api-keys', ada.token, { name: 'meanwhile', permissions: ['crm.contact.read'] })
    expect(made.status).toBe(201)
    await run('commit')
    expect((await reverting).status).toBe(204)
  })
  expect(await auth.database.asAdmin(`select from auth.api_key where organization_id = '${ada.organizationId}' and revoked_at is null`)).toEqual([])
})
