import { organizationCreated } from '@ai-crm/contracts'
import { createTestDatabase, startService } from '@ai-crm/testing'
import { expect, it } from 'vitest'
import service from '../service.ts'
import { Browser } from '../testing/browser.ts'

const environment = { DEMO_ORGANIZATION: 'true', DEMO_EMAIL: 'demo@example.org', DEMO_PASSWORD: 'look around' }
const database = await createTestDatabase()
const [first, second] = await Promise.all([startService(service, { database, environment }), startService(service, { database, environment })])

it('makes the demo organisation once, however many replicas start at once', async () => {
  const restarted = await startService(service, { database, environment })
  const created = await restarted.emitted(organizationCreated)
  expect(created).toMatchObject([{ data: { slug: 'demo', name: 'Demo' } }])
})

it.each([
  ['first', first],
  ['second', second],
])('lets the owner in with the printed password (%s replica)', async (_name, replica) => {
  const answer = await new Browser(replica.app).post('/auth/sign-in', { email: 'demo@example.org', password: 'look around' })
  expect(answer).toMatchObject({ status: 200, body: { me: { role: 'owner', organization: { slug: 'demo' } } } })
})

it('makes none unless it is asked to', async () => {
  const plain = await startService(service)
  expect(await plain.emitted(organizationCreated)).toEqual([])
})

it('leaves an account alone that has the address already, starts without a demo, and keeps the slug free', async () => {
  const before = await startService(service)
  const account = { name: 'Somebody', email: 'demo@example.org', password: 'their own password', organizationName: 'Theirs' }
  expect((await new Browser(before.app).post('/auth/sign-up', account)).status).toBe(201)
  const withDemo = await startService(service, { database: before.database, environment })
  const signIn = (password: string) => new Browser(withDemo.app).post('/auth/sign-in', { email: account.email, password })
  expect(await signIn(account.password)).toMatchObject({ status: 200 })
  expect(await signIn('look around')).toMatchObject({ status: 401 })
  expect(await before.database.asAdmin("select 1 from auth.organization_slug where slug = 'demo'")).toEqual([])
})
