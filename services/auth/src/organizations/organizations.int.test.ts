import { organizationUpdated, sessionRevoked } from '@ai-crm/contracts'
import { startService } from '@ai-crm/testing'
import { expect, it } from 'vitest'
import service from '../service.ts'
import { colleague, founder, goTo } from '../testing/team.ts'

const auth = await startService(service)

it('lists the organisations of the person, and nobody else’s', async () => {
  const [ours, theirs] = [await founder(auth, 'Ours'), await founder(auth, 'Theirs')]
  const person = await colleague(auth, ours, 'viewer')
  const { items } = (await person.browser.get('/auth/organizations', person.token)).body
  expect(items.map(({ name, isCurrent }: { name: string; isCurrent: boolean }) => [name, isCurrent])).toEqual([
    [expect.stringMatching(/^Organisation/), false],
    ['Ours', true],
  ])
  expect(JSON.stringify(items)).not.toContain(theirs.organizationId)
})

it('goes on elsewhere without signing in; the session here ends, and refreshing stays there', async () => {
  const owner = await founder(auth, 'There')
  const person = await colleague(auth, owner, 'member')
  const [token, home] = [person.token, person.organizationId]
  await goTo(person, owner.organizationId)
  const { items } = (await person.browser.get('/auth/organizations', person.token)).body
  const own = items.find(({ id }: { id: string }) => id !== owner.organizationId)
  expect(await goTo(person, own.id)).toMatchObject({ status: 200, body: { me: { role: 'owner', organization: { id: own.id } } } })
  expect((await person.browser.get('/auth/me', token)).status).toBe(401)
  expect((await person.browser.post('/auth/refresh')).body.me.organization.id).toBe(own.id)
  expect(home).toBe(owner.organizationId)
})

it('signs in to the organisation of last time', async () => {
  const owner = await founder(auth)
  const person = await colleague(auth, owner, 'member')
  const signIn = async () => (await person.browser.post('/auth/sign-in', { email: person.email, password: person.password })).body.me.organization.id
  expect(await signIn()).toBe(owner.organizationId)
})

it('answers for an organisation where the person does not belong as for none', async () => {
  const [person, other] = [await founder(auth), await founder(auth)]
  const [theirs, nowhere] = [await goTo(person, other.organizationId), await goTo(person, crypto.randomUUID())]
  expect([theirs.status, { ...theirs.body, requestId: '' }]).toEqual([404, { ...nowhere.body, requestId: '' }])
  expect((await person.browser.post('/auth/refresh')).status).toBe(200)
})

it('begins one session for ten copies of a switch, and answers a repeat whose answer was lost', async () => {
  const owner = await founder(auth)
  const person = await colleague(auth, owner, 'member')
  const own = (await person.browser.get('/auth/organizations', person.token)).body.items.find(({ isCurrent }: { isCurrent: boolean }) => !isCurrent)
  const before = new Map(person.browser.cookies)
  const answers = await Promise.all(Array.from({ length: 10 }, () => goTo(person, own.id)))
  expect(answers.map(({ status }) => status)).toEqual(Array<number>(10).fill(200))
  const after = new Map(person.browser.cookies)
  for (const [name, value] of before) person.browser.cookies.set(name, value)
  expect((await goTo(person, own.id)).status).toBe(200)
  expect(person.browser.cookies).toEqual(after)
  const [row] = await auth.database.asAdmin(
    `select count(*)::int as sessions from auth.session where user_id = '${person.userId}' and organization_id = '${own.id}' and revoked_at is null`,
  )
  // The one of the sign-up was left for the colleague's organisation.
  expect(row).toEqual({ sessions: 1 })
})

it('answers no repeat from another device, nor one with another aim', async () => {
  const owner = await founder(auth)
  const person = await colleague(auth, owner, 'member')
  const own = (await person.browser.get('/auth/organizations', person.token)).body.items.find(({ isCurrent }: { isCurrent: boolean }) => !isCurrent)
  const before = new Map(person.browser.cookies)
  await goTo(person, own.id)
  for (const [name, value] of before) person.browser.cookies.set(name, value)
  expect((await goTo(person, owner.organizationId)).status).toBe(401)
  person.browser.cookies.set('__Host-device', 'a'.repeat(43))
  expect((await goTo(person, own.id)).status).toBe(401)
})

it('founds a further organisation once per wish, with its founder as the owner', async () => {
  const person = await founder(auth)
  const wish = { name: 'Second Home', locale: 'en' }
  const answers = await Promise.all([1, 2, 3].map(() => person.browser.post('/auth/organizations', wish)))
  expect(answers.map(({ status }) => status)).toEqual([201, 201, 201])
  expect(new Set(answers.map(({ body }) => body.me.organization.id)).size).toBe(1)
  expect(answers[0]?.body.me).toMatchObject({ role: 'owner', organization: { name: 'Second Home', slug: 'second-home' } })
  expect((await auth.emitted(sessionRevoked, person.organizationId)).map(({ data }) => data.reason)).toEqual(['switched'])
})

it('changes the settings once per version, tells, and refuses a time zone that does not exist', async () => {
  const owner = await founder(auth)
  const patch = (body: unknown, version: number) => owner.browser.call('PATCH', '/organization', owner.token, body, version)
  expect(await patch({ timeZone: 'Mars/Olympus' }, 1)).toMatchObject({ status: 422, body: { errors: [{ field: '/timeZone' }] } })
  expect((await patch({ name: 'New name', timeZone: 'Europe/Moscow' }, 1)).body).toMatchObject({ name: 'New name', timeZone: 'Europe/Moscow', version: 2 })
  expect((await patch({ name: 'Late' }, 1)).status).toBe(409)
  expect(await auth.emitted(organizationUpdated, owner.organizationId)).toMatchObject([
    { data: { changes: { name: { to: 'New name' }, timeZone: { from: 'UTC', to: 'Europe/Moscow' } } } },
  ])
  const { items } = (await owner.browser.get('/auth/organizations', owner.token)).body
  expect(items).toMatchObject([{ name: 'New name' }])
})
