import { createServer as createHttpServer, type RequestListener } from 'node:http'
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { afterAll, beforeEach, expect, it } from 'vitest'
import type { EgressFailure } from './egress-error.ts'
import type { EgressRequest } from './egress-request.ts'
import { createEgress, type EgressOptions } from './egress.ts'
import { pinnedConnector } from './pinned-connector.ts'

// The open internet of these tests is 127.0.0.2; 127.0.0.1 and ::1 are the inside, where a canary counts who connects.
const OUTSIDE = '127.0.0.2'
const names: Record<string, readonly (readonly string[])[]> = {}
let answer: RequestListener = (_request, response) => void response.end('hello')
let seen: string[] = []
let questions: string[] = []
let connects = 0

const outside = createHttpServer((request, response) => {
  seen.push(`${request.method} ${request.headers.host} ${request.url} ${request.headers.authorization ?? ''}`.trim())
  answer(request, response)
})
const port = await listen(outside, OUTSIDE)
const canaries = await Promise.all(['127.0.0.1', '::1'].map((host) => openCanary(host, port)))
afterAll(() => [outside, ...canaries].forEach((server) => server?.close()))

async function listen(server: Server, host: string, on = 0): Promise<number> {
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(on, host, resolve))
  const address: AddressInfo | string | null = server.address()
  return typeof address === 'object' && address ? address.port : 0
}
/** Null where the machine has no IPv6. */
async function openCanary(host: string, on: number): Promise<Server | null> {
  const server = createServer((socket: Socket) => {
    connects += 1
    socket.destroy()
  })
  return listen(server, host, on).then(
    () => server,
    () => null,
  )
}

beforeEach(() => {
  seen = []
  questions = []
  connects = 0
  for (const name of Object.keys(names)) delete names[name]
  answer = (_request, response) => void response.end('hello')
})

/** Answers of a name server, one after the other; the last one for ever. */
const network: NonNullable<EgressOptions['network']> = {
  ports: new Set([port]),
  isPublic: (address) => address === OUTSIDE,
  resolve: async (host) => {
    questions.push(host)
    const answers = names[host] ?? []
    return answers[Math.min(questions.filter((name) => name === host).length, answers.length) - 1] ?? []
  },
}
const egress = createEgress({ network })
const get = (url: string, more: Partial<EgressRequest> = {}) => egress.fetch({ method: 'GET', url, ...more })
const refused = (failure: EgressFailure) => expect.objectContaining({ name: 'EgressError', failure })

it('reaches an address of the open internet', async () => {
  names['hooks.example'] = [[OUTSIDE]]
  const { status, body } = await get(`http://hooks.example:${port}/a?b=c`)
  expect([status, body.toString()]).toEqual([200, 'hello'])
  expect(seen).toEqual([`GET hooks.example:${port} /a?b=c`])
})

// Catalogue C7. By the real rules (no replaced isPublic), with names that resolve to the inside.
const inside = createEgress({ network: { ports: new Set([port]), resolve: async (host) => (host.startsWith('v6') ? ['::1'] : ['127.0.0.1']) } })
it.each<[string, EgressFailure]>([
  [`http://127.0.0.1:${port}/`, 'address'],
  [`http://127.1:${port}/`, 'address'],
  [`http://2130706433:${port}/`, 'address'],
  [`http://0x7f000001:${port}/`, 'address'],
  [`http://0x7f.0.0.1:${port}/`, 'address'],
  [`http://0177.0.0.1:${port}/`, 'address'],
  [`http://①②⑦.⓪.⓪.①:${port}/`, 'address'],
  [`http://127。0。0。1:${port}/`, 'address'],
  [`http:\\\\127.0.0.1:${port}\\`, 'address'],
  [`http:/127.0.0.1:${port}/`, 'address'],
  [`http://0:${port}/`, 'address'],
  [`http://localhost:${port}/`, 'address'],
  [`http://localhost.:${port}/`, 'address'],
  [`http://LOCALHOST:${port}/`, 'address'],
  [`http://127.0.0.1.nip.io:${port}/`, 'address'],
  [`http://v6.example:${port}/`, 'address'],
  [`http://[::]:${port}/`, 'address'],
  [`http://[::1]:${port}/`, 'address'],
  [`http://[::ffff:127.0.0.1]:${port}/`, 'address'],
  [`http://[::127.0.0.1]:${port}/`, 'address'],
  [`http://[64:ff9b::127.0.0.1]:${port}/`, 'address'],
  [`http://[2002:7f00:1::]:${port}/`, 'address'],
  [`http://[2001:0:7f00:1::]:${port}/`, 'address'],
  [`http://[fe80::1]:${port}/`, 'address'],
  [`http://100.64.0.1:${port}/`, 'address'],
  [`http://169.254.169.254:${port}/latest/meta-data/`, 'address'],
  [`http://10.0.0.1:${port}/`, 'address'],
  [`http://user:secret@127.0.0.1:${port}/`, 'url'],
  [`http://example.org@127.0.0.1:${port}/`, 'url'],
  ['http://127.0.0.1:6379/', 'url'],
  ['http://example.org:22/', 'url'],
  ['gopher://127.0.0.1:70/_', 'url'],
  ['file:///etc/passwd', 'url'],
  ['unix:/var/run/docker.sock', 'url'],
  ['http://unix:/var/run/docker.sock:/info', 'url'],
  ['http+unix://%2Fvar%2Frun%2Fdocker.sock/info', 'url'],
  ['data:text/plain,hi', 'url'],
  ['ftp://127.0.0.1/', 'url'],
  ['http://[fe80::1%25eth0]/', 'url'],
  ['http://', 'url'],
  ['', 'url'],
  [`http://example.org/${'a'.repeat(3_000)}`, 'url'],
])('connects to nothing for %.60s', async (url, failure) => {
  await expect(inside.fetch({ method: 'GET', url })).rejects.toEqual(refused(failure))
  await expect(inside.fetch({ method: 'POST', url, body: '{}' })).rejects.toEqual(refused(failure))
  expect(connects).toBe(0)
})

it('refuses a name of which one address is inside, whichever comes first', async () => {
  names['both.example'] = [[OUTSIDE, '127.0.0.1']]
  names['other.example'] = [['127.0.0.1', OUTSIDE]]
  await expect(get(`http://both.example:${port}/`)).rejects.toEqual(refused('address'))
  await expect(get(`http://other.example:${port}/`)).rejects.toEqual(refused('address'))
  expect([connects, seen]).toEqual([0, []])
})

it('connects to the address that it checked, whatever the name says the next moment', async () => {
  names['rebind.example'] = [[OUTSIDE], ['127.0.0.1']]
  expect((await get(`http://rebind.example:${port}/`)).status).toBe(200)
  expect(questions).toEqual(['rebind.example'])
  await expect(get(`http://rebind.example:${port}/`)).rejects.toEqual(refused('address'))
  expect([connects, seen.length]).toEqual([0, 1])
})

it('asks the socket as well whom it is connected to', async () => {
  const connect = pinnedConnector({ addresses: ['127.0.0.1'], isWelcome: () => false, connectTimeoutMs: 1_000 })
  const outcome = Promise.withResolvers<unknown>()
  connect({ hostname: 'hooks.example', protocol: 'http:', port: String(port) }, (error, socket) => outcome.resolve(socket ?? error))
  expect(await outcome.promise).toEqual(refused('address'))
})

it('asks anew at each redirect, so that a name that turns inside between two hops is refused', async () => {
  names['rebind.example'] = [[OUTSIDE], ['127.0.0.1']]
  answer = (_request, response) => void response.writeHead(302, { location: '/again' }).end()
  await expect(get(`http://rebind.example:${port}/`)).rejects.toEqual(refused('address'))
  expect([connects, seen.length]).toEqual([0, 1])
})

it.each([301, 302, 303, 307, 308])('does not follow a redirect %i to the inside', async (status) => {
  names['hooks.example'] = [[OUTSIDE]]
  for (const location of [
    `http://127.0.0.1:${port}/`,
    `//127.0.0.1:${port}/`,
    'file:///etc/passwd',
    'gopher://127.0.0.1/',
    `http://u:p@hooks.example:${port}/`,
  ]) {
    answer = (_request, response) => void response.writeHead(status, { location }).end()
    await expect(get(`http://hooks.example:${port}/`)).rejects.toMatchObject({ failure: expect.stringMatching(/^(?:address|url)$/) })
  }
  expect(connects).toBe(0)
})

it('follows three redirects and no fourth, and tells no other origin what was meant for the first', async () => {
  names['a.example'] = [[OUTSIDE]]
  names['b.example'] = [[OUTSIDE]]
  let left = 3
  answer = (_request, response) => void (left-- > 0 ? response.writeHead(307, { location: `http://b.example:${port}/${left}` }).end() : response.end('there'))
  const { url } = await get(`http://a.example:${port}/`, { headers: { authorization: 'Bearer ours' } })
  expect(url).toBe(`http://b.example:${port}/0`)
  expect(seen.map((line) => line.includes('ours'))).toEqual([true, false, false, false])

  answer = (_request, response) => void response.writeHead(302, { location: '/round' }).end()
  await expect(get(`http://a.example:${port}/`)).rejects.toEqual(refused('redirect'))
})

it('gives the redirect of a POST back as the answer and sends the body to nobody else', async () => {
  names['hooks.example'] = [[OUTSIDE]]
  answer = (_request, response) => void response.writeHead(307, { location: `http://127.0.0.1:${port}/` }).end()
  expect(await egress.fetch({ method: 'POST', url: `http://hooks.example:${port}/`, body: '{}' })).toMatchObject({ status: 307 })
  expect([connects, seen.length]).toEqual([0, 1])
})

it('gives the redirect of a GET back as well where its caller wants none followed', async () => {
  names['hooks.example'] = [[OUTSIDE]]
  answer = (_request, response) => void response.writeHead(302, { location: '/elsewhere' }).end()
  expect(await get(`http://hooks.example:${port}/`, { redirects: 'answer' })).toMatchObject({ status: 302 })
  expect(seen).toHaveLength(1)
})

it('ends an answer that is too long, that drips or that never comes', async () => {
  names['hooks.example'] = [[OUTSIDE]]
  const url = `http://hooks.example:${port}/`
  answer = (_request, response) => void response.end('x'.repeat(5_000))
  await expect(get(url, { maxBytes: 1_000 })).rejects.toEqual(refused('too-large'))
  expect((await get(url, { maxBytes: 1_000, longAnswer: 'cut' })).body).toHaveLength(1_000)

  answer = (_request, response) => {
    const drip = setInterval(() => response.write('.'), 20)
    response.on('close', () => clearInterval(drip))
  }
  await expect(get(url, { totalTimeoutMs: 300 })).rejects.toEqual(refused('timeout'))
  answer = () => undefined
  await expect(get(url, { totalTimeoutMs: 300 })).rejects.toEqual(refused('timeout'))
})

it('names what went wrong', async () => {
  names['hooks.example'] = [[OUTSIDE]]
  await expect(get(`http://nowhere.example:${port}/`)).rejects.toEqual(refused('name'))
  answer = (request) => void request.socket.destroy()
  await expect(get(`http://hooks.example:${port}/`)).rejects.toEqual(refused('connect'))
  answer = (request) => void request.socket.end('SMTP says hello\r\n\r\n')
  await expect(get(`http://hooks.example:${port}/`)).rejects.toEqual(refused('protocol'))
  await expect(get(`https://hooks.example:${port}/`)).rejects.toEqual(refused('tls'))
})

it('stops when its caller does', async () => {
  names['hooks.example'] = [[OUTSIDE]]
  answer = () => undefined
  await expect(get(`http://hooks.example:${port}/`, { signal: AbortSignal.timeout(100) })).rejects.toMatchObject({ name: 'TimeoutError' })
})

it('lets the operator name a host of the inside, and its port only where one is given', async () => {
  const intranet = createHttpServer((_request, response) => void response.end('intranet'))
  const inner = await listen(intranet, '127.0.0.1')
  const trusting = createEgress({ allowedHosts: [`127.0.0.1:${inner}`] })
  expect((await trusting.fetch({ method: 'GET', url: `http://127.0.0.1:${inner}/` })).body.toString()).toBe('intranet')
  await expect(trusting.fetch({ method: 'GET', url: `http://127.0.0.1:${port}/` })).rejects.toEqual(refused('url'))
  expect(trusting.isAllowedHost(`http://127.0.0.1:${inner}/x`)).toBe(true)
  expect(trusting.refusalOf('https://127.0.0.1/')).toMatchObject({ failure: 'address' })
  expect(trusting.refusalOf('https://example.org/')).toBeNull()
  intranet.close()
})
