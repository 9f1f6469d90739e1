import { sessionRevoked, systemMailRequested } from '@ai-crm/contracts'
import { startService } from '@ai-crm/testing'
import { expect, it } from 'vitest'
import service from '../service.ts'
import { Browser, newPerson } from '../testing/browser.ts'
import { colleague, founder, type Person } from '../testing/team.ts'

const auth = await startService(service)

async function signedUp(address = '192.0.2.1') {
  const browser = new Browser(auth.app, address)
  const person = newPerson()
  const { body } = await browser.post('/auth/sign-up', person)
  const organizationId: string = body.me.organization.id
  const userId: string = body.me.user.id
  const token: string = body.accessToken
  return { browser, person, organizationId, userId, token }
}

async function signIn(person: { email: string; password: string }, address = '192.0.2.2') {
  const browser = new Browser(auth.app, address)
  const { body } = await browser.post('/auth/sign-in', { email: person.email, password: person.password })
  const token: string = body.accessToken
  return { browser, token }
}

const answerTo = async ({ browser, token }: Person, path: string) => (await browser.delete(path, token)).status
const sessionsOf = async (browser: Browser, token: string) => (await browser.get('/auth/sessions', token)).body.items

it('shows where a person is signed in, and which of it is here', async () => {
  const laptop = await signedUp('127.0.0.1')
  await signIn(laptop.person, '10.0.0.7')
  expect(await sessionsOf(laptop.browser, laptop.token)).toMatchObject([
    { place: { address: '10.0.0.7', network: 'private' }, isCurrent: false },
    { place: { address: '127.0.0.1', network: 'this-computer' }, isCurrent: true },
  ])
})

it('notes at a renewal when and where a session was seen', async () => {
  const { browser, organizationId, token, person } = await signedUp()
  await auth.database.asAdmin(`update auth.session set last_seen_at = now() - interval '2 days' where organization_id = '${organizationId}'`)
  const elsewhere = new Browser(auth.app, '8.8.8.8')
  for (const [name, value] of browser.cookies) elsewhere.cookies.set(name, value)
  await elsewhere.post('/auth/refresh')
  const [session] = await sessionsOf(browser, token)
  expect(session.place).toEqual({ address: '8.8.8.8', network: 'public' })
  expect(Date.now() - Date.parse(session.lastSeenAt)).toBeLessThan(60_000)
  expect(person.name).toBe('Ada')
})

it('ends one session for good, with its tokens, and no other', async () => {
  const laptop = await signedUp()
  const phone = await signIn(laptop.person)
  const [other] = (await sessionsOf(laptop.browser, laptop.token)).filter((session: { isCurrent: boolean }) => !session.isCurrent)
  expect((await laptop.browser.delete(`/auth/sessions/${other.id}`, laptop.token)).status).toBe(204)
  expect((await laptop.browser.delete(`/auth/sessions/${other.id}`, laptop.token)).status).toBe(204)
  expect((await phone.browser.get('/auth/me', phone.token)).status).toBe(401)
  expect((await phone.browser.post('/auth/refresh')).status).toBe(401)
  expect((await laptop.browser.post('/auth/refresh')).status).toBe(200)
  expect(await auth.emitted(sessionRevoked, laptop.organizationId)).toMatchObject([{ data: { reason: 'revoked', sessionId: other.id } }])
})

it('ends all sessions but this one', async () => {
  const laptop = await signedUp()
  const others = [await signIn(laptop.person, '192.0.2.3'), await signIn(laptop.person, '192.0.2.4')]
  expect((await laptop.browser.post('/auth/sessions/end-others', undefined, laptop.token)).body).toEqual({ endedCount: 2 })
  for (const { browser } of others) expect((await browser.post('/auth/refresh')).status).toBe(401)
  expect(await sessionsOf(laptop.browser, laptop.token)).toMatchObject([{ isCurrent: true }])
})

it('does not let anybody end the sessions of others: a colleague, another organisation', async () => {
  const ada = await signedUp()
  const [session] = await sessionsOf(ada.browser, ada.token)
  const other = await auth.signIn({ organizationId: ada.organizationId })
  const stranger = await founder(auth)
  expect((await other.delete(`/auth/sessions/${session.id}`)).status).toBe(404)
  expect((await stranger.browser.get(`/members/${ada.userId}/sessions`, stranger.token)).status).toBe(404)
  for (const path of ['/auth/sessions/SESSION', '/members/ADA/sessions', '/members/ADA/sessions/SESSION', '/members/SELF/sessions/SESSION'])
    expect(await answerTo(stranger, path.replace('ADA', ada.userId).replace('SELF', stranger.userId).replace('SESSION', session.id)), path).toBe(404)
  expect((await ada.browser.post('/auth/refresh')).status).toBe(200)
})

it('lets an administrator see and end the sessions of a member, and writes down who did it', async () => {
  const owner = await founder(auth)
  const [ada, admin] = [await colleague(auth, owner, 'member'), await colleague(auth, owner, 'admin')]
  const phone = await signIn(ada)
  const { items } = (await admin.browser.get(`/members/${ada.userId}/sessions`, admin.token)).body
  expect(items).toHaveLength(2)
  for (let time = 0; time < 2; time++) expect((await admin.browser.delete(`/members/${ada.userId}/sessions/${items[0].id}`, admin.token)).status).toBe(204)
  expect((await admin.browser.delete(`/members/${ada.userId}/sessions`, admin.token)).body).toEqual({ endedCount: 1 })
  for (const { browser, token } of [ada, phone]) expect((await browser.get('/auth/me', token)).status).toBe(401)
  const log = (await admin.browser.get('/security-log?kind=session.revoked', admin.token)).body.items
  expect(log).toMatchObject([
    { actor: { id: admin.userId }, about: { type: 'user', id: ada.userId }, details: { reason: 'ended-by-admin' } },
    { actor: { id: admin.userId }, about: { type: 'user', id: ada.userId } },
  ])
})

it('lets nobody end the sessions of whoever stands above them, nor by a right that they have lost since', async () => {
  const owner = await founder(auth)
  const admin = await colleague(auth, owner, 'admin')
  const member = await colleague(auth, owner, 'member')
  const [session] = await sessionsOf(owner.browser, owner.token)
  expect((await admin.browser.get(`/members/${owner.userId}/sessions`, admin.token)).status).toBe(200)
  for (const path of [`/members/${owner.userId}/sessions`, `/members/${owner.userId}/sessions/${session.id}`])
    expect(await admin.browser.delete(path, admin.token), path).toMatchObject({ status: 403, body: { code: 'auth.member.outranked' } })
  expect((await owner.browser.get('/auth/me', owner.token)).status).toBe(200)

  // The token still says that they may.
  await auth.database.asAdmin(`update auth.membership set role = 'viewer' where user_id = '${admin.userId}' and organization_id = '${owner.organizationId}'`)
  expect(await admin.browser.delete(`/members/${member.userId}/sessions`, admin.token)).toMatchObject({ status: 403 })
  expect((await member.browser.get('/auth/me', member.token)).status).toBe(200)
})

it('needs the permission for the sessions of others', async () => {
  const ada = await signedUp()
  const member = await auth.signIn({ organizationId: ada.organizationId, role: 'member' })
  expect((await member.get(`/members/${ada.userId}/sessions`)).status).toBe(403)
  expect((await member.delete(`/members/${ada.userId}/sessions`)).status).toBe(403)
  expect((await member.delete(`/members/${ada.userId}/sessions/${ada.userId}`)).status).toBe(403)
})

it('knows a device again, and tells the person of one that it does not know', async () => {
  const laptop = await signedUp()
  const admin = await auth.signIn({ organizationId: laptop.organizationId })
  const news = async () => (await admin.get('/security-log?kind=session.new-device')).body.items.length
  expect(await news()).toBe(0)
  await laptop.browser.post('/auth/sign-in', { email: laptop.person.email, password: laptop.person.password })
  expect(await news()).toBe(0)
  const phone = await signIn(laptop.person)
  expect(await news()).toBe(1)
  expect(await auth.emitted(systemMailRequested, laptop.organizationId)).toMatchObject([{ data: { template: 'new-device-sign-in', to: laptop.person.email } }])
  await phone.browser.post('/auth/sign-in', { email: laptop.person.email, password: laptop.person.password })
  expect(await news()).toBe(1)
})
