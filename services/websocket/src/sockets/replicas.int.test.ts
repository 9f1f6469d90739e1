import { contactCreated, sessionRevoked } from '@ai-crm/contracts'
import { openLiveClient, startService, type Agent, type LiveClient } from '@ai-crm/testing'
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
/** A ticket of the first replica, a socket at the other. */
async function connectedToSecond(agent: Agent): Promise<LiveClient> {
  const client = openLiveClient({ url: secondUrl, ticketUrl: firstUrl, token: agent.token })
  onTestFinished(() => client.close())
  await vi.waitFor(() => expect(client.state.connections).toBe(1))
  return client
}
const sequencesOf = (client: LiveClient) => client.applied.map((update) => update.sequence)

it('brings what one replica consumed to the sockets of the other, before any tick', async () => {
  const agent = await first.signIn()
  const screen = await connectedToSecond(agent)
  const startedAt = performance.now()
  await happen(agent)
  await vi.waitFor(() => expect(sequencesOf(screen)).toEqual([1]), { interval: 5 })
  expect(performance.now() - startedAt).toBeLessThan(200)
})

it('shows drafts in the making at every replica', async () => {
  const agent = await first.signIn()
  const screen = await connectedToSecond(agent)
  const progress = { conversationId: randomUUID(), draftId: randomUUID(), body: 'Dear' }
  first.ctx(agent.organizationId).showProgress(progress)
  await vi.waitFor(() => expect(screen.progress).toEqual([progress]))
})

it('closes the sockets of a revoked session at every replica', async () => {
  const agent = await first.signIn()
  const screen = await connectedToSecond(agent)
  await first.deliver(sessionRevoked({ sessionId: agent.sessionId, userId: agent.userId, reason: 'sign-out' }), { organizationId: agent.organizationId })
  await vi.waitFor(() => expect(screen.socket.connected).toBe(false), 5_000)
})

it('misses nothing while Redis restarts and forgets everything', async () => {
  const agent = await first.signIn()
  const screen = await connectedToSecond(agent)
  for (let index = 0; index < 60; index++) {
    if (index === 20) await redis.kill()
    if (index === 40) await redis.restart()
    await happen(agent)
  }
  await vi.waitFor(() => expect(screen.state.sequence).toBe(60), 10_000)
  expect(sequencesOf(screen)).toEqual(Array.from({ length: 60 }, (_, index) => index + 1))

  await vi.waitFor(async () => {
    const before = screen.state.sequence
    const startedAt = performance.now()
    await happen(agent)
    await vi.waitFor(() => expect(screen.state.sequence).toBe(before + 1), { interval: 5 })
    expect(performance.now() - startedAt, 'pushed, not found by a tick').toBeLessThan(100)
  }, 10_000)
}, 30_000)
