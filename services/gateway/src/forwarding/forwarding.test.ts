import { createServer, type Server } from 'node:http'
import { connect } from 'node:net'
import { crmEndpoints, messagingEndpoints, Problem } from '@ai-crm/contracts'
import { notFound, serviceKit } from '@ai-crm/platform'
import { createTestTokens } from '@ai-crm/testing/http'
import { eventually } from '@ai-crm/testing/eventually'
import { expect, it, onTestFinished, vi } from 'vitest'
import { openTestDoor, startTestUpstream } from '../test-door.ts'

const kit = serviceKit<unknown>()('crm', {})
const id = '0192f0a0-0000-7000-8000-000000000001'
const contact = {
  id,
  name: 'Ada',
  email: null,
  emails: [],
  phone: null,
  phones: [],
  telegrams: [],
  company: null,
  companyId: null,
  position: null,
  note: null,
  tagIds: [],
  source: 'manual' as const,
  ownerId: null,
  preferredChannel: null,
  timeZone: null,
  language: null,
  consent: null,
  consentOn: null,
  consentSource: null,
  consentNote: null,
  custom: {},
  lastActivityAt: null,
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
  version: 3,
}
const tokens = await createTestTokens()
const { authorization, principal } = await tokens.bearer('owner')
const path = `/api/v1/contacts/${id}`

/** Listens on a free port, and is closed after the test. */
async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void (server.closeAllConnections(), server.close()))
  const address = server.address()
  return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
}
const NOBODY = 'http://127.0.0.1:9'

it('passes a request on with ids, deadline and the true address of the client, and the answer back', async () => {
  const seen = vi.fn()
  const upstream = await startTestUpstream(
    [kit.handle(crmEndpoints.getContact, async (ctx, _input, http) => (seen(ctx.organizationId, ctx.correlationId, ctx.trace, http.clientAddress), contact))],
    tokens,
  )
  const door = await openTestDoor({ tokens, upstreams: { crm: [upstream.url] } })
  const trace = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
  const answer = await fetch(door.url + path, {
    headers: { authorization, 'x-correlation-id': 'from-browser', traceparent: trace, 'x-forwarded-for': '6.6.6.6', 'x-request-id': 'request-0001' },
  })
  expect(answer.status).toBe(200)
  expect(await answer.json()).toEqual(contact)
  expect(answer.headers.get('etag')).toBe('"3"')
  expect(answer.headers.get('x-request-id')).toBe('request-0001')
  expect(seen).toHaveBeenCalledWith(principal.organizationId, 'from-browser', trace, '127.0.0.1')
})

it('passes on how long the caller still waits: less than at the door, and never more than the contract', async () => {
  const left: number[] = []
  const upstream = await startTestUpstream([kit.handle(crmEndpoints.getContact, async (ctx) => (left.push(ctx.remainingMs()), contact))], tokens)
  const door = await openTestDoor({ tokens, upstreams: { crm: [upstream.url] }, waitsMs: 100 })
  for (const timeout of [{}, { 'x-timeout-ms': '3000' }, { 'x-timeout-ms': '999999999' }])
    expect((await fetch(door.url + path, { headers: { authorization, ...timeout } })).status).toBe(200)
  const [contract, hasty, greedy] = left
  expect(contract).toBeLessThanOrEqual(9_900)
  expect(hasty).toBeLessThanOrEqual(2_900)
  expect(greedy).toBeLessThanOrEqual(9_900)
})

it('does not forward what nobody waits for any more', async () => {
  const asked = vi.fn()
  const upstream = await listen(createServer((_request, response) => void (asked(), response.end('{}'))))
  const door = await openTestDoor({ tokens, upstreams: { crm: [upstream] }, waitsMs: 100 })
  const answer = await fetch(door.url + path, { headers: { authorization, 'x-timeout-ms': '50' } })
  expect([answer.status, asked.mock.calls.length]).toEqual([504, 0])
})

it('passes bodies on as they are, and the problems of the service back', async () => {
  const upstream = await startTestUpstream(
    [
      kit.handle(crmEndpoints.getContact, async () => {
        throw notFound('contact')
      }),
    ],
    tokens,
  )
  const door = await openTestDoor({ tokens, upstreams: { crm: [upstream.url] } })
  const missing = await fetch(door.url + path, { headers: { authorization } })
  expect(Problem.parse(await missing.json())).toMatchObject({ status: 404, code: 'platform.not_found' })
})

it('asks for token and permission itself, before it bothers the service', async () => {
  const asked = vi.fn()
  const upstream = await listen(createServer((_request, response) => void (asked(), response.end('{}'))))
  const door = await openTestDoor({ tokens, upstreams: { crm: [upstream] } })
  expect((await fetch(door.url + path)).status).toBe(401)
  const viewer = await tokens.bearer('viewer')
  const refused = await fetch(`${door.url}/api/v1/contacts`, {
    method: 'POST',
    body: '{',
    headers: { authorization: viewer.authorization, 'content-type': 'application/json' },
  })
  expect(refused.status).toBe(403)
  expect(asked).not.toHaveBeenCalled()
})

it('streams files through, unchanged', async () => {
  const body = Buffer.alloc(3_000_000, 'x')
  const upstream = await startTestUpstream(
    [kit.handle(messagingEndpoints.getMessageSource, async () => ({ contentType: 'message/rfc822', fileName: 'a.eml', body }))],
    tokens,
  )
  const door = await openTestDoor({ tokens, upstreams: { messaging: [upstream.url] } })
  const answer = await fetch(`${door.url}/api/v1/messages/${id}/source`, { headers: { authorization } })
  expect(answer.headers.get('content-security-policy')).toContain('sandbox')
  expect(Buffer.from(await answer.arrayBuffer()).equals(body)).toBe(true)
})

it('goes to another replica when one is away: no request fails', async () => {
  const upstream = await startTestUpstream([kit.handle(crmEndpoints.getContact, async () => contact)], tokens)
  const door = await openTestDoor({ tokens, upstreams: { crm: [NOBODY, upstream.url] } })
  const answers = await Promise.all(Array.from({ length: 20 }, () => fetch(door.url + path, { headers: { authorization } })))
  expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 200))
})

it('fails no request while two replicas restart in turn', async () => {
  const routes = [kit.handle(crmEndpoints.getContact, () => new Promise<typeof contact>((resolve) => setTimeout(resolve, 5, contact)))]
  const replicas = [await startTestUpstream(routes, tokens), await startTestUpstream(routes, tokens)]
  // As much as a restart takes time for, on a busy machine too.
  const environment = {
    RATE_LIMIT_USER_PER_MINUTE: '1000000',
    RATE_LIMIT_ORGANIZATION_PER_MINUTE: '1000000',
    RATE_LIMIT_SIGNED_IN_ADDRESS_PER_MINUTE: '1000000',
  }
  const door = await openTestDoor({ tokens, environment, upstreams: { crm: replicas.map(({ url }) => url) } })
  const statuses: number[] = []
  let isOver = false
  const client = async () => {
    while (!isOver) statuses.push((await fetch(door.url + path, { headers: { authorization } })).status)
  }
  const load = Array.from({ length: 8 }, client)
  const answered = (more: number) => {
    const before = statuses.length
    return eventually(() => expect(statuses.length).toBeGreaterThanOrEqual(before + more))
  }
  for (const { app, url } of replicas) {
    await answered(10)
    await app.close()
    await startTestUpstream(routes, tokens, Number(new URL(url).port))
  }
  await answered(10)
  isOver = true
  await Promise.all(load)
  expect(statuses.filter((status) => status !== 200)).toEqual([])
})

it('answers 503 with Retry-After when nobody is there, and stops asking after a while', async () => {
  const door = await openTestDoor({ tokens, upstreams: { crm: [NOBODY] } })
  for (let attempt = 0; attempt < 30; attempt++) {
    const answer = await fetch(door.url + path, { headers: { authorization } })
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '2'])
    expect(Problem.parse(await answer.json()).code).toBe('gateway.service.away')
  }
  const unknown = await fetch(`${door.url}/api/v1/conversations/${id}`, { headers: { authorization } })
  expect(unknown.status).toBe(503)
})

it.each([
  ['goes on asking a service that sheds some of its load', { 'x-shed': '1' }, 40],
  ['stops asking a service that is broken', {}, 20],
])('%s', async (_name, headers: Record<string, string>, asked) => {
  let count = 0
  const upstream = await listen(createServer((_request, response) => void (count++, response.writeHead(503, headers).end())))
  const door = await openTestDoor({ tokens, upstreams: { crm: [upstream] } })
  for (let attempt = 0; attempt < 40; attempt++) await fetch(door.url + path, { headers: { authorization } }).then((answer) => answer.text())
  expect(count).toBe(asked)
})

it('repeats what may be repeated when the connection breaks, and says 502 for what may not', async () => {
  const asked: string[] = []
  const upstream = await listen(
    createServer((request, response) => {
      asked.push(request.url ?? '')
      if (asked.length === 1 || request.method === 'POST') return void request.socket.destroy()
      response.setHeader('content-type', 'application/json').end('{}')
    }),
  )
  const door = await openTestDoor({ tokens, upstreams: { crm: [upstream], websocket: [upstream] } })
  expect((await fetch(door.url + path, { headers: { authorization } })).status).toBe(200)
  expect(asked).toHaveLength(2)
  const ticket = await fetch(`${door.url}/api/v1/live/tickets`, { method: 'POST', headers: { authorization } })
  expect([ticket.status, asked.length]).toEqual([502, 3])
})

it('answers 504 when the service stays silent', async () => {
  const upstream = await listen(createServer(() => {}))
  const door = await openTestDoor({ tokens, upstreams: { crm: [upstream] } })
  const answer = await fetch(door.url + path, { headers: { authorization, 'x-timeout-ms': '100' } })
  expect(Problem.parse(await answer.json())).toMatchObject({ status: 504, code: 'gateway.service.slow' })
})

it('joins a socket with the websocket service, and refuses other upgrades', async () => {
  const server = createServer()
  server.on('upgrade', (request, socket) => {
    socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n')
    socket.write(`hello ${request.headers.origin}\n`)
    socket.on('data', (chunk: Buffer) => void socket.write(`echo ${chunk}`))
  })
  const door = await openTestDoor({ tokens, upstreams: { websocket: [await listen(server)] } })
  const upgrade = (target: string, said: string) =>
    new Promise<string>((resolve) => {
      const socket = connect(Number(new URL(door.url).port), '127.0.0.1')
      let heard = ''
      socket.on('data', (chunk) => {
        heard += chunk
        if (heard.includes('hello') && !heard.includes('echo')) socket.write(said)
        if (heard.includes('echo') || heard.includes('404')) (socket.end(), resolve(heard))
      })
      socket.write(`GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nOrigin: https://us\r\n\r\n`)
    })
  expect(await upgrade('/live/?EIO=4', 'ping')).toMatch(/101 Switching[^]*hello https:\/\/us\necho ping/)
  for (const target of ['/elsewhere', '/live/../internal/v1/auth/agents/token', '/live/%2e%2e/internal', '/live/..\\internal'])
    expect(await upgrade(target, '')).toMatch(/^HTTP\/1.1 404/)
})
