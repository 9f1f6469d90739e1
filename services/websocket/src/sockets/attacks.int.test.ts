import { contactDeleted } from '@ai-crm/contracts'
import { openLiveClient, startService, type Agent, type LiveClient } from '@ai-crm/testing'
import { eventually } from '@ai-crm/testing/eventually'
import { randomBytes, randomUUID } from 'node:crypto'
import { get } from 'node:http'
import type { Duplex } from 'node:stream'
import { deflateRawSync } from 'node:zlib'
import { describe, expect, it, onTestFinished } from 'vitest'
import service from '../service.ts'

/** Reliability B10: whatever is sent, the attacker is refused or cut off, sees nothing of others, and others go on. */
const live = await startService(service, { environment: { LIVE_TICK_MS: '60000', LIVE_PING_MS: '300' } })
const url = await live.app.listen({ host: '127.0.0.1', port: 0 })

const happen = ({ organizationId }: Agent) => live.deliver(contactDeleted({ contactId: randomUUID() }), { organizationId })

async function connected(token: string): Promise<LiveClient> {
  const client = openLiveClient({ url, token })
  onTestFinished(() => client.close())
  await eventually(() => expect(client.state.connections).toBe(1))
  return client
}

const ticketOf = async (agent: Agent): Promise<string> => (await agent.post('/live/tickets')).body.ticket

interface Raw {
  readonly stream: Duplex
  /** Everything that came, as text. */
  readonly heard: () => string
  /** The code of the server's closing frame (RFC 6455 7.4), or null where it has none or the connection just went. */
  readonly closed: Promise<number | null>
  send(payload: string | Buffer, flags?: number): void
}

const UPGRADE = { connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13', 'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==' }
const CLOSE = 8
const TEXT = 0x81
const TEXT_COMPRESSED = 0xc1

/** A WebSocket below any library: what a client of ours would never send. */
async function openRaw(): Promise<Raw> {
  const request = get(`${url}/live/?EIO=4&transport=websocket`, { headers: UPGRADE })
  const stream = await new Promise<Duplex>((resolve) => request.on('upgrade', (_answer, socket) => resolve(socket)))
  onTestFinished(() => void stream.destroy())
  const chunks: Buffer[] = []
  stream.on('data', (chunk: Buffer) => chunks.push(chunk))
  stream.on('error', () => undefined)
  const closed = new Promise<number | null>((resolve) => {
    stream.on('data', () => {
      const closing = framesOf(Buffer.concat(chunks)).find(({ operation }) => operation === CLOSE)
      if (closing) resolve(closing.data.length >= 2 ? closing.data.readUInt16BE(0) : null)
    })
    stream.on('close', () => resolve(null))
  })
  return { stream, closed, heard: () => Buffer.concat(chunks).toString('latin1'), send: (payload, flags = TEXT) => void stream.write(frameOf(payload, flags)) }
}

/** The status of a handshake that is answered, as Engine.IO refuses, instead of upgraded: 101. */
function refusal(query: string, headers: Record<string, string> = {}): Promise<number | undefined> {
  const request = get(`${url}/live/?EIO=4&transport=websocket${query}`, { headers: { ...UPGRADE, ...headers } })
  return new Promise((resolve) => request.on('response', ({ statusCode }) => resolve(statusCode)).on('upgrade', () => resolve(101)))
}

/** Masked, as clients must (RFC 6455 5.3). */
function frameOf(payload: string | Buffer, flags: number): Buffer {
  const data = Buffer.from(payload)
  const length = Buffer.alloc(8)
  length.writeBigUInt64BE(BigInt(data.length))
  const mask = randomBytes(4)
  const masked = data.map((byte, index) => byte ^ (mask[index % 4] ?? 0))
  return Buffer.concat([Buffer.from([flags, 0x80 | 127]), length, mask, masked])
}

/** What a server sends: unmasked, whole frames alone. */
function framesOf(heard: Buffer): { operation: number; data: Buffer }[] {
  const frames: { operation: number; data: Buffer }[] = []
  for (let at = 0; at + 2 <= heard.length;) {
    const short = (heard[at + 1] ?? 0) & 0x7f
    const [from, length] = short === 126 && at + 4 <= heard.length ? [at + 4, heard.readUInt16BE(at + 2)] : [at + 2, short]
    if (from + length > heard.length) break
    frames.push({ operation: (heard[at] ?? 0) & 0x0f, data: heard.subarray(from, from + length) })
    at = from + length
  }
  return frames
}

/** Through the door, as a client of ours would be. */
async function admitted(agent: Agent): Promise<Raw> {
  const raw = await openRaw()
  raw.send(`40${JSON.stringify({ ticket: await ticketOf(agent) })}`)
  await eventually(() => expect(raw.heard()).toContain('welcome'))
  return raw
}

describe('the door', () => {
  it.each(['https://127.0.0.1.evil.example', 'https://evil-127.0.0.1', 'null', 'file://', 'https://app.crm.example.evil.tld'])(
    'opens no socket for a page of %s',
    async (origin) => {
      expect(await refusal('', { origin })).toBe(400)
    },
  )

  it.each(['ticket', 'token', 'access_token', 'jwt', 'auth'])('opens no socket for a credential in the address: %s', async (name) => {
    const value = await ticketOf(await live.signIn())
    expect(await refusal(`&${name}=${value}`)).toBe(400)
  })

  it('closes a connection that never says who it is, and one that knocks without a ticket', async () => {
    const [silent, knocking] = [await openRaw(), await openRaw()]
    knocking.send('40{}')
    await knocking.closed
    expect(knocking.heard()).toContain('unauthorized')
    await silent.closed
    expect(silent.heard()).not.toContain('welcome')
  })
})

describe('inside', () => {
  it('shows no frame of another organisation, whatever room is asked for', async () => {
    const [ours, theirs] = [await live.signIn(), await live.signIn()]
    const screen = await connected(ours.token)
    const attacker = await admitted(theirs)
    const others = [
      ['join', `organization:${ours.organizationId}`],
      ['subscribe', { room: `organization:${ours.organizationId}` }],
      ['join', '*'],
      ['join', 'organization:*'],
    ]
    // Each is a reason to be cut off; a new connection repeats the last one right after its ticket.
    const attackers = [attacker, ...(await Promise.all(others.slice(1).map(() => admitted(theirs))))]
    attackers.forEach((raw, index) => raw.send(`42${JSON.stringify(others[index])}`))
    const replayed = await admitted(theirs)
    replayed.send(`42${JSON.stringify(['resume', { after: 0, organizationId: ours.organizationId }])}`)
    const spaces = await openRaw()
    spaces.send(`40/organization:${ours.organizationId},${JSON.stringify({ ticket: await ticketOf(theirs) })}`)
    await Promise.all(attackers.map(({ closed }) => closed))

    const { aggregate } = await happen(ours)
    await eventually(() => expect(screen.applied).toHaveLength(1))
    for (const { heard } of [...attackers, replayed, spaces]) expect(heard()).not.toContain(aggregate.id)
    // What it asked for by name is refused by that name: `44/organization:…,{"message":"Invalid namespace"}`.
    for (const { heard } of [...attackers, replayed]) expect(heard()).not.toContain(ours.organizationId)
    expect(spaces.heard()).toContain('Invalid namespace')
  })

  it.each([65, 1024])('closes a frame of %i KB with 1009', async (kilobytes) => {
    const raw = await admitted(await live.signIn())
    raw.send(Buffer.alloc(kilobytes * 1024, '2'))
    expect(await raw.closed).toBe(1009)
  })

  it('closes a compressed frame, which nobody agreed to: a bomb of 100 MB in 100 KB is never opened', async () => {
    const raw = await admitted(await live.signIn())
    const bomb = deflateRawSync(Buffer.alloc(100 * 1024 * 1024))
    expect(bomb.length).toBeLessThan(110_000)
    const before = process.memoryUsage().rss
    raw.send(bomb.subarray(0, 60_000), TEXT_COMPRESSED)
    expect(await raw.closed).toBe(1002)
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 * 1024)
  })

  it('closes on ten thousand messages at once, and answers others meanwhile', async () => {
    const [flooding, calm] = [await live.signIn(), await live.signIn()]
    const screen = await connected(calm.token)
    const raw = await admitted(flooding)
    const frame = frameOf(`42${JSON.stringify(['resume', { after: 0 }])}`, TEXT)
    raw.stream.write(Buffer.concat(Array.from({ length: 10_000 }, () => frame)))
    await happen(calm)
    await eventually(() => expect(screen.applied).toHaveLength(1))
    await raw.closed
    expect(screen.socket.connected).toBe(true)
  })

  it('closes when no pong comes, however much the client listens; not who answers', async () => {
    const agent = await live.signIn()
    const screen = await connected(agent.token)
    const raw = await admitted(agent)
    await raw.closed
    // The server's ping: a text frame of one byte, "2".
    expect(raw.heard()).toContain('\u0081\u00012')
    expect(screen.socket.connected).toBe(true)
    expect(screen.state.connections).toBe(1)
  })

  it.each([
    ['text that is not UTF-8', Buffer.from([0xc3, 0x28]), TEXT],
    ['an operation code that does not exist', 'x', 0x83],
    ['reserved bits', 'x', 0xb1],
    ['a packet that is none', '9', TEXT],
    ['nesting without an end', `42["resume",${'['.repeat(30_000)}`, TEXT],
  ])('closes on %s', async (_what, payload, flags) => {
    const raw = await admitted(await live.signIn())
    raw.send(payload, flags)
    await raw.closed
    expect((await live.signIn()).token).toBeTruthy()
    await connected((await live.signIn()).token)
  })
})
