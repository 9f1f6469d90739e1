import { contactCreated, sessionRevoked } from '@ai-crm/contracts'
import { openLiveClient, startService, type Agent, type LiveClient } from '@ai-crm/testing'
import { eventually } from '@ai-crm/testing/eventually'
import { startRedis } from '@ai-crm/testing/servers'
import { randomUUID } from 'node:crypto'
import { afterAll, expect, it, onTestFinished, vi } from 'vitest'
import service from '../service.ts'

const redis = await startRedis()
afterAll(() => redis.stop())
const environment = { LIVE_TICK_MS: '300' }
const first = await startService(service, { environment, redisUrl: redis.url })
const second = await startService(service, { environment, redisUrl: redis.url, database: first.database })
const [firstUrl, secondUrl] = [await first.app.listen({ host: '127.0.0.1', port: 0 }), await second.app.listen({ host: '127.0.0.1', port: 0 })]

const happen = ({ organizationId }: Agent) =>
  first.deliver(
    contactCreated({ contactId: randomUUID(), name: 'Ada', email: null, phone: null, company: null, position: null, note: null, source: 'manual' }),
    { organizationId },
  )
/** A replica whose sockets hear only what it is pushed: its first tick comes after the test. */
async function listenPatiently(): Promise<string> {
  const { app } = await startService(service, { environment: { LIVE_TICK_MS: '600000' }, redisUrl: redis.url, database: first.database })
  return app.listen({ host: '127.0.0.1', port: 0 })
}
/** A ticket of the first replica, a socket at another. */
async function connectedTo(url: string, agent: Agent): Promise<LiveClient> {
  const client = openLiveClient({ url, ticketUrl: firstUrl, token: agent.token })
  onTestFinished(() => client.close())
  await eventually(() => expect(client.state.connections).toBe(1))
  return client
}
const sequencesOf = (client: LiveClient) => client.applied.map((update) => update.sequence)

it('brings what one replica consumed to the sockets of the other, before any tick', async () => {
  const agent = await first.signIn()
  const screen = await connectedTo(await listenPatiently(), agent)
  await happen(agent)
  await eventually(() => expect(sequencesOf(screen)).toEqual([1]))
})

it('shows drafts in the making at every replica', async () => {
  const agent = await first.signIn()
  const screen = await connectedTo(secondUrl, agent)
  const progress = { conversationId: randomUUID(), draftId: randomUUID(), body: 'Dear' }
  first.ctx(agent.organizationId).showProgress(progress)
  await eventually(() => expect(screen.progress).toEqual([progress]))
})

it('closes the sockets of a revoked session at every replica', async () => {
  const agent = await first.signIn()
  const screen = await connectedTo(secondUrl, agent)
  await first.deliver(sessionRevoked({ sessionId: agent.sessionId, userId: agent.userId, reason: 'sign-out' }), { organizationId: agent.organizationId })
  await eventually(() => expect(screen.socket.connected).toBe(false))
})

it('misses nothing while Redis restarts and forgets everything', async () => {
  const agent = await first.signIn()
  const screen = await connectedTo(secondUrl, agent)
  for (let index = 0; index < 60; index++) {
    if (index === 20) await redis.kill()
    if (index === 40) await redis.restart()
    await happen(agent)
  }
  await eventually(() => expect(screen.state.sequence).toBe(60))
  expect(sequencesOf(screen)).toEqual(Array.from({ length: 60 }, (_, index) => index + 1))

  const told = await connectedTo(await listenPatiently(), agent)
  await eventually(async () => {
    const before = told.state.sequence
    await happen(agent)
    await vi.waitFor(() => expect(told.state.sequence, 'pushed again').toBeGreaterThan(before))
  })
})
