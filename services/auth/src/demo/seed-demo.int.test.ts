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
