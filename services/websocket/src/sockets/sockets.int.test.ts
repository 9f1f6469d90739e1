import { contactCreated, rightsOf, sessionRevoked, type PendingEvent } from '@ai-crm/contracts'
import { revokeSession, type Principal } from '@ai-crm/platform'
import { openLiveClient, startService, type Agent, type LiveClient, type LiveClientOptions } from '@ai-crm/testing'
import { eventually } from '@ai-crm/testing/eventually'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { get } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { z } from 'zod'
import service from '../service.ts'
import { createTicket } from '../tickets/create-ticket.ts'
import { newTicket, ticketKey } from '../tickets/ticket.ts'

const live = await startService(service, { environment: { LIVE_TICK_MS: '200', LIVE_REVOCATION_CHECK_MS: '200', LIVE_LOG_LENGTH: '300' } })
const url = await live.app.listen({ host: '127.0.0.1', port: 0 })

const somethingNew = (): PendingEvent =>
  contactCreated({ contactId: randomUUID(), name: 'Ada', email: null, phone: null, company: null, position: null, note: null, source: 'manual' })
const happen = ({ organizationId }: Pick<Agent, 'organizationId'>) => live.deliver(somethingNew(), { organizationId })

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
const principalOf = ({ organizationId, userId, sessionId }: Agent, expiresAtMs: number): Principal => ({
  ...rightsOf('owner', null),
  organizationId,
  userId,
  sessionId,
  role: 'owner',
  customRoleId: null,
  agent: { type: 'user' },
  factors: ['password'],
  authenticatedAtMs: 0,
  issuedAtMs: Date.now(),
  expiresAtMs,
})
const sequencesOf = (client: LiveClient) => client.applied.map((update) => update.sequence)
const upTo = (last: number, first = 1) => Array.from({ length: last - first + 1 }, (_, index) => first + index)

describe('updates', () => {
  it('reach every screen of the organisation, numbered, with ids and nothing else', async () => {
    const agent = await live.signIn()
    const colleague = await live.signIn({ organizationId: agent.organizationId, role: 'viewer' })
    const screens = [await connected(agent), await connected(colleague)]
    const envelope = await happen(agent)
    for (const screen of screens) {
      await eventually(() => expect(screen.applied).toHaveLength(1))
      expect(screen.applied[0]).toMatchObject({
        sequence: 1,
        eventId: envelope.id,
        type: 'contact.created',
        aggregate: { type: 'contact', id: envelope.aggregate.id },
      })
      expect(JSON.stringify(screen.applied)).not.toContain('Ada')
    }
  })

  it('never reach another organisation', async () => {
    const [ours, theirs] = [await live.signIn(), await live.signIn()]
    const [screen, stranger] = [await connected(ours), await connected(theirs)]
    const frames = vi.fn()
    stranger.socket.onAny((event: string, message: unknown) => event !== 'tick' && frames(event, message))
    stranger.socket.emit('resume', { after: 0, organizationId: ours.organizationId })
    await happen(ours)
    await eventually(() => expect(screen.applied).toHaveLength(1))
    await sleep(300)
    expect(frames).not.toHaveBeenCalled()
    expect(stranger.state.sequence).toBe(0)
  })

  it('are numbered once, however often the event comes', async () => {
    const agent = await live.signIn()
    const [event, id] = [somethingNew(), randomUUID()]
    for (let round = 0; round < 3; round++) await live.deliver(event, { organizationId: agent.organizationId, id })
    await happen(agent)
    const screen = await connected({ ...agent, after: 0 })
    await eventually(() => expect(sequencesOf(screen)).toEqual([1, 2]))
  })

  it('have no gaps when many come at once', async () => {
    const agent = await live.signIn()
    await Promise.all(Array.from({ length: 60 }, () => happen(agent)))
    const screen = await connected({ ...agent, after: 0 })
    await eventually(() => expect(sequencesOf(screen)).toEqual(upTo(60)))
  })

  it('arrive completely and in order through lost pushes and lost connections', async () => {
    const agent = await live.signIn()
    const screens = [0.2, 0.05, 0].map((share) => open({ ...agent, after: 0, loses: () => Math.random() < share }))
    for (let index = 0; index < 100; index++) {
      await happen(agent)
      if (index % 25 === 24) for (const screen of screens) screen.socket.io.engine?.close()
      if (index % 10 === 9) await sleep(20)
    }
    for (const screen of screens) {
      await eventually(() => expect(screen.state.sequence).toBe(100))
      expect(sequencesOf(screen)).toEqual(upTo(100))
      expect(screen.state).toMatchObject({ resets: 0 })
      expect(screen.state.connections).toBeGreaterThan(1)
    }
  })

  it('tell who was away for too long to fetch everything anew', async () => {
    const agent = await live.signIn()
    for (let index = 0; index < 510; index++) await happen(agent)
    const screen = await connected({ ...agent, after: 1 })
    await eventually(() => expect(screen.state).toMatchObject({ resets: 1, sequence: 510 }))
    const recent = await connected({ ...agent, after: 400 })
    await eventually(() => expect(sequencesOf(recent)).toEqual(upTo(510, 401)))
    const ahead = await connected({ ...agent, after: 9_999 })
    await eventually(() => expect(ahead.state).toMatchObject({ resets: 1, sequence: 510 }))
    const kept = await live.database.asAdmin(`select count(*)::int as rows from websocket.live_update where organization_id = '${agent.organizationId}'`)
    expect(kept).toEqual([{ rows: 310 }])
  })

  it('of which the last was lost are noticed by the next tick', async () => {
    const agent = await live.signIn()
    let isLosing = true
    const screen = await connected({ ...agent, loses: () => isLosing })
    await happen(agent)
    await sleep(100)
    expect(screen.applied).toHaveLength(0)
    isLosing = false
    await eventually(() => expect(sequencesOf(screen)).toEqual([1]))
  })
})

describe('the door', () => {
  it('refuses a ticket that was used, expired, forged or never bought', async () => {
    const agent = await live.signIn()
    const bought = await agent.post('/live/tickets')
    expect(bought.status).toBe(201)
    expect(Date.parse(bought.body.expiresAt) - Date.now()).toBeLessThanOrEqual(30_000)
    await connected({ ticket: bought.body.ticket })

    const expired = newTicket()
    await live.publicCtx().cache.set(ticketKey(expired), '{}', 0.01)
    await sleep(30)
    for (const ticket of [bought.body.ticket, expired, newTicket(), '', '../*']) {
      const client = open({ ticket })
      await eventually(() => expect(client.state.refusals).toContain('unauthorized'))
      expect(client.state.connections).toBe(0)
    }
  })

  it('lets one of many sockets in that share a ticket', async () => {
    const { body } = await (await live.signIn()).post('/live/tickets')
    const clients = Array.from({ length: 10 }, () => open({ ticket: body.ticket }))
    await eventually(() => expect(clients.filter((client) => client.state.refusals.length > 0)).toHaveLength(9))
    expect(clients.filter((client) => client.state.connections === 1)).toHaveLength(1)
  })

  it('needs a signed-in person for a ticket', async () => {
    const response = await live.app.inject({ method: 'POST', url: '/api/v1/live/tickets' })
    expect(response.statusCode).toBe(401)
  })

  it.each(['https://evil.tld', 'null', 'http://127.0.0.1.evil.tld'])('refuses pages of %s', async (origin) => {
    const { body } = await (await live.signIn()).post('/live/tickets')
    const client = open({ ticket: body.ticket, headers: { origin } })
    await eventually(() => expect(client.state.refusals).toContain('websocket error'))
    client.close()
    expect(client.state.connections).toBe(0)
    await connected({ ticket: body.ticket, headers: { origin: url } })
  })

  it('takes no transport but websocket', async () => {
    const polling = await fetch(`${url}/live/?EIO=4&transport=polling`)
    expect(polling.status).toBe(400)
  })

  it('agrees to no compression, so that no small frame becomes a big one', async () => {
    const upgrade = { connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13', 'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==' }
    const request = get(`${url}/live/?EIO=4&transport=websocket`, { headers: { ...upgrade, 'sec-websocket-extensions': 'permessage-deflate' } })
    const [response] = z
      .tuple([z.object({ statusCode: z.number(), headers: z.record(z.string(), z.unknown()) })])
      .rest(z.unknown())
      .parse(await once(request, 'upgrade'))
    expect(response.statusCode).toBe(101)
    expect(response.headers).not.toHaveProperty('sec-websocket-extensions')
  })

  it('closes on a frame above 64 KB, on an unknown event and on a flood', async () => {
    const agent = await live.signIn()
    const attacks: ((client: LiveClient) => void)[] = [
      (client) => client.socket.emit('resume', { after: 0, padding: 'x'.repeat(1024 * 1024) }),
      (client) => client.socket.emit('join', `organization:${randomUUID()}`),
      (client) => client.socket.emit('resume', { after: '0; drop table' }),
      (client) => {
        for (let index = 0; index < 1_000; index++) client.socket.emit('resume', { after: 0 })
      },
      (client) => {
        // Acknowledgements of nothing: no handler sees them.
        for (let index = 0; index < 100; index++) client.socket.io.engine.send('3999[]')
      },
    ]
    for (const attack of attacks) {
      const client = await connected(agent)
      const closed = vi.fn()
      client.socket.on('disconnect', closed)
      attack(client)
      await eventually(() => expect(closed).toHaveBeenCalled())
      client.close()
    }
  })

  it('holds a person to a bounded number of sockets', async () => {
    const agent = await live.signIn()
    for (let index = 0; index < 20; index++) await connected(agent)
    const oneMore = open(agent)
    await eventually(() => expect(oneMore.state.refusals).toContain('too many sockets'))
  })
})

describe('the end of a session', () => {
  it('closes its sockets at once, no others, and for good', async () => {
    const agent = await live.signIn()
    const colleague = await live.signIn({ organizationId: agent.organizationId })
    const [screen, other] = [await connected(agent), await connected(colleague)]
    const reason = new Promise((resolve) => screen.socket.on('disconnect', resolve))
    await live.deliver(sessionRevoked({ sessionId: agent.sessionId, userId: agent.userId, reason: 'sign-out' }), { organizationId: agent.organizationId })
    expect(await reason).toBe('io server disconnect')
    await sleep(200)
    expect([screen.socket.connected, other.socket.connected]).toEqual([false, true])
  })

  it('closes its sockets also when the news of it was lost', async () => {
    const agent = await live.signIn()
    const screen = await connected(agent)
    const reason = new Promise((resolve) => screen.socket.on('disconnect', resolve))
    await revokeSession(live.publicCtx().cache, agent.sessionId)
    expect(await reason).toBe('io server disconnect')
  })

  it('makes its unused tickets worthless, also right after one of them was used', async () => {
    const agent = await live.signIn()
    const unused = (await agent.post('/live/tickets')).body.ticket
    await connected(agent)
    await revokeSession(live.publicCtx().cache, agent.sessionId)
    const client = open({ ticket: unused })
    await eventually(() => expect(client.state.refusals).toContain('unauthorized'))
  })

  it('closes a socket when its token expires, and lets it come back with a new ticket', async () => {
    const agent = await live.signIn()
    const { ticket } = await createTicket(live.publicCtx(), principalOf(agent, Date.now() + 300))
    const client = await connected({ ticket })
    await eventually(() => expect(client.socket.connected).toBe(false))
  })

  it('lets no ticket in whose token has expired', async () => {
    const agent = await live.signIn()
    const { ticket } = await createTicket(live.publicCtx(), principalOf(agent, Date.now() - 1))
    const client = open({ ticket })
    await eventually(() => expect(client.state.refusals).toContain('unauthorized'))
    expect(client.state.connections).toBe(0)
  })
})

describe('a shutdown', () => {
  // Left alone, the library gives such a client 30 s to say goodbye.
  it('is not held up by a client that does not say goodbye', { timeout: 25_000 }, async () => {
    const other = await startService(service, { database: live.database })
    const otherUrl = await other.app.listen({ host: '127.0.0.1', port: 0 })
    const upgrade = { connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13', 'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==' }
    await once(get(`${otherUrl}/live/?EIO=4&transport=websocket`, { headers: upgrade }), 'upgrade')
    await other.stop()
  })
})
