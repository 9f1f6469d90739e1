import { contactDeleted, rightsRefreshed } from '@ai-crm/contracts'
import { refuseTokensOf } from '@ai-crm/platform'
import { openLiveClient, startService, type Agent, type LiveClient, type LiveClientOptions } from '@ai-crm/testing'
import { eventually } from '@ai-crm/testing/eventually'
import { randomUUID } from 'node:crypto'
import { describe, expect, it, onTestFinished } from 'vitest'
import service from '../service.ts'

const live = await startService(service, { environment: { LIVE_TICK_MS: '200' } })
const url = await live.app.listen({ host: '127.0.0.1', port: 0 })

const happen = ({ organizationId }: Agent) => live.deliver(contactDeleted({ contactId: randomUUID() }), { organizationId })

function open(options: Omit<LiveClientOptions, 'url'>): LiveClient {
  const client = openLiveClient({ url, ...options })
  onTestFinished(() => client.close())
  return client
}
async function connected(options: Omit<LiveClientOptions, 'url'>): Promise<LiveClient> {
  const client = open(options)
  await eventually(() => expect(client.state.connections).toBe(1))
  return client
}

describe('a change of rights', () => {
  it('takes the rooms away that the new rights do not open, and lets the client come back by itself', async () => {
    const agent = await live.signIn({ permissions: ['ai.draft.read'] })
    const changedAtMs = Date.now() + 1_000
    const { organizationId, userId, sessionId } = agent
    const demoted = await live.signIn({ organizationId, userId, sessionId, permissions: [], issuedAtMs: changedAtMs })
    let token = agent.token
    const screen = await connected({ buyToken: () => token })
    token = demoted.token
    await refuseTokensOf(live.publicCtx().cache, agent.organizationId, agent.userId, changedAtMs)
    await live.deliver(rightsRefreshed({ subject: 'member', subjectId: agent.userId }), { organizationId: agent.organizationId })
    await eventually(() => expect(screen.state.connections).toBe(2))

    live.ctx(agent.organizationId).showProgress({ conversationId: randomUUID(), draftId: randomUUID(), body: 'Dear' })
    await happen(agent)
    await eventually(() => expect(screen.applied).toHaveLength(1))
    expect(screen.progress).toEqual([])
  })

  it('reaches everybody who has the custom role, and nobody else', async () => {
    const agent = await live.signIn({ permissions: [] })
    const colleague = await live.signIn({ organizationId: agent.organizationId, permissions: [] })
    const [screen, other] = [await connected(agent), await connected(colleague)]
    const [, payload = ''] = agent.token.split('.')
    const subjectId: string = JSON.parse(Buffer.from(payload, 'base64url').toString()).grant.roleId
    await live.deliver(rightsRefreshed({ subject: 'role', subjectId }), { organizationId: agent.organizationId })
    await eventually(() => expect(screen.state.connections).toBe(2))
    expect(other.state.connections).toBe(1)
  })

  it('gives no ticket for a token with the old rights, though this process has just seen it alive', async () => {
    const agent = await live.signIn()
    expect((await agent.post('/live/tickets')).status).toBe(201)
    const bought = (await agent.post('/live/tickets')).body.ticket
    await refuseTokensOf(live.publicCtx().cache, agent.organizationId, agent.userId, Date.now() + 1)
    expect((await agent.post('/live/tickets')).status).toBe(401)
    const client = open({ ticket: bought })
    await eventually(() => expect(client.state.refusals).toContain('unauthorized'))
  })

  it('closes sockets with old rights at the next tick when the push was lost', async () => {
    const agent = await live.signIn()
    const screen = await connected(agent)
    await refuseTokensOf(live.publicCtx().cache, agent.organizationId, agent.userId, Date.now() + 1)
    await eventually(() => expect(screen.state.refusals.length).toBeGreaterThan(0))
  })
})
