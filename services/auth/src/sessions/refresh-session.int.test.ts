import { sessionRevoked, systemMailRequested } from '@ai-crm/contracts'
import { startService } from '@ai-crm/testing'
import { expect, it } from 'vitest'
import service from '../service.ts'
import { Browser, newPerson } from '../testing/browser.ts'
import { digestOf, newRefreshToken } from './refresh-token.ts'

const auth = await startService(service)
const REFRESH = '__Host-refresh'

async function signedUp() {
  const browser = new Browser(auth.app)
  const { body } = await browser.post('/auth/sign-up', newPerson())
  return { browser, organizationId: body.me.organization.id, accessToken: body.accessToken }
}

/** The same device, with the token that it had at this moment. */
function copyOf(browser: Browser): Browser {
  const copy = new Browser(auth.app)
  for (const [name, value] of browser.cookies) copy.cookies.set(name, value)
  return copy
}

const makeOld = (organizationId: string) =>
  auth.database.asAdmin(`update auth.refresh_token set rotated_at = rotated_at - interval '11 seconds' where tenant_id = '${organizationId}'`)

it('exchanges the refresh token for another one and a new access token', async () => {
  const { browser } = await signedUp()
  const before = browser.cookies.get(REFRESH)
  const { status, body } = await browser.post('/auth/refresh')
  expect(status).toBe(200)
  expect(browser.cookies.get(REFRESH)).not.toBe(before)
  expect((await browser.get('/auth/me', body.accessToken)).status).toBe(200)
})

it('gives fifty parallel exchanges of one token one and the same successor', async () => {
  const { browser, organizationId } = await signedUp()
  const copies = Array.from({ length: 50 }, () => copyOf(browser))
  const answers = await Promise.all(copies.map((copy) => copy.post('/auth/refresh')))
  expect(answers.map(({ status }) => status)).toEqual(Array<number>(50).fill(200))
  expect(new Set(copies.map((copy) => copy.cookies.get(REFRESH))).size).toBe(1)
  const [row] = await auth.database.asAdmin(`select count(*) from auth.refresh_token where tenant_id = '${organizationId}'`)
  expect(row).toEqual({ count: '2' })
})

it('gives a repeat within ten seconds the same successor: a lost answer signs nobody out', async () => {
  const { browser } = await signedUp()
  const again = copyOf(browser)
  await browser.post('/auth/refresh')
  expect((await again.post('/auth/refresh')).status).toBe(200)
  expect(again.cookies.get(REFRESH)).toBe(browser.cookies.get(REFRESH))
})

it('ends the whole family when an exchanged token comes back later, with its access tokens', async () => {
  const { browser, organizationId, accessToken } = await signedUp()
  const thief = copyOf(browser)
  await browser.post('/auth/refresh')
  await makeOld(organizationId)
  expect(await thief.post('/auth/refresh')).toMatchObject({ status: 401, body: { code: 'auth.session.over' } })
  expect((await browser.post('/auth/refresh')).status).toBe(401)
  expect((await browser.get('/auth/me', accessToken)).status).toBe(401)
  expect(await auth.emitted(sessionRevoked, organizationId)).toMatchObject([{ data: { reason: 'refresh-reuse' } }])
  expect((await auth.emitted(systemMailRequested, organizationId)).map(({ data }) => data.template)).toEqual(['session-reuse-detected'])
})

it('takes a repeat from another device for theft at once', async () => {
  const { browser, organizationId } = await signedUp()
  const thief = copyOf(browser)
  thief.cookies.delete('__Host-device')
  await browser.post('/auth/refresh')
  expect((await thief.post('/auth/refresh')).status).toBe(401)
  expect((await browser.post('/auth/refresh')).status).toBe(401)
  expect(await auth.emitted(sessionRevoked, organizationId)).toHaveLength(1)
})

it('leaves no living token behind when a sign-out and exchanges cross', async () => {
  for (let round = 0; round < 10; round++) {
    const { browser, organizationId } = await signedUp()
    await Promise.all([copyOf(browser).post('/auth/refresh'), copyOf(browser).post('/auth/sign-out'), browser.post('/auth/refresh')])
    const [row] = await auth.database.asAdmin(`select count(*) from auth.refresh_token t
      join auth.session s on s.organization_id = t.tenant_id and s.id = t.session_id
      where t.tenant_id = '${organizationId}' and s.revoked_at is null`)
    expect(row).toEqual({ count: '0' })
    expect((await browser.post('/auth/refresh')).status).toBe(401)
  }
})

it('ends a session that was not used for too long, and one that is too old', async () => {
  const idle = await signedUp()
  await auth.database.asAdmin(`update auth.refresh_token set expires_at = now() where tenant_id = '${idle.organizationId}'`)
  expect((await idle.browser.post('/auth/refresh')).status).toBe(401)
  const old = await signedUp()
  await auth.database.asAdmin(`update auth.session set expires_at = now() where organization_id = '${old.organizationId}'`)
  expect((await old.browser.post('/auth/refresh')).status).toBe(401)
})

it('answers a token that never was like one that is over', async () => {
  const stranger = new Browser(auth.app)
  stranger.cookies.set(REFRESH, 'A'.repeat(43))
  const unknown = await stranger.post('/auth/refresh')
  const without = await new Browser(auth.app).post('/auth/refresh')
  expect(unknown).toMatchObject({ status: 401, body: { code: 'auth.session.over' } })
  expect({ ...without.body, requestId: '' }).toEqual({ ...unknown.body, requestId: '' })
})

it('uses the role as it is now', async () => {
  const { browser, organizationId } = await signedUp()
  await auth.database.asAdmin(`update auth.membership set role = 'viewer' where organization_id = '${organizationId}'`)
  expect((await browser.post('/auth/refresh')).body.me.role).toBe('viewer')
})

it('leaves no living token and no orphan in a thousand crossings of a revocation and an exchange', async () => {
  const { browser, organizationId, userId, token } = await signedIn()
  await auth.database.asAdmin(`insert into auth.session (organization_id, user_id, device_digest, user_agent, expires_at)
    select '${organizationId}', '${userId}', '\\x00', '', now() + interval '1 day' from generate_series(1, 1000)`)
  const sessions = await auth.database.asAdmin(`select id from auth.session where organization_id = '${organizationId}' and user_agent = ''`)
  const families = sessions.map(({ id }) => ({ id: String(id), token: newRefreshToken() }))
  const rows = families.map(
    (family) => `('\\x${digestOf(family.token).toString('hex')}', '${organizationId}', '${family.id}', '${userId}', now() + interval '1 day')`,
  )
  await auth.database.asAdmin(`insert into auth.refresh_token (digest, tenant_id, session_id, user_id, expires_at) values ${rows.join(',')}`)
  const cross = async (family: { id: string; token: string }) => {
    const holder = new Browser(auth.app)
    holder.cookies.set(REFRESH, family.token)
    await Promise.all([browser.delete(`/auth/sessions/${family.id}`, token), holder.post('/auth/refresh')])
    expect((await holder.post('/auth/refresh')).status).toBe(401)
  }
  for (let start = 0; start < families.length; start += 25) await Promise.all(families.slice(start, start + 25).map(cross))
  const [alive] = await auth.database.asAdmin(`select count(*) from auth.session where organization_id = '${organizationId}' and revoked_at is null`)
  const [orphans] = await auth.database
    .asAdmin(`select count(*) from auth.refresh_token t join auth.session s on s.organization_id = t.tenant_id and s.id = t.session_id
    where t.tenant_id = '${organizationId}' and t.rotated_at is null and s.revoked_at is null`)
  expect([alive, orphans]).toEqual([{ count: '1' }, { count: '1' }])
}, 120_000)

async function signedIn() {
  const browser = new Browser(auth.app)
  const { body } = await browser.post('/auth/sign-up', newPerson())
  const [organizationId, userId, token]: string[] = [body.me.organization.id, body.me.user.id, body.accessToken]
  return { browser, organizationId, userId, token: token ?? '' }
}
