import { createServer, type RequestListener, type Server } from 'node:http'
import { silentLog } from '@ai-crm/testing/http'
import { eventually } from '@ai-crm/testing/eventually'
import { expect, it, onTestFinished, vi } from 'vitest'
import { SHED_HEADER, UNWELL_HEADER } from '../http/overload/shed-header.ts'
import { askService, type Question } from './ask-service.ts'
import { openReplicas, type Replicas } from './open-replicas.ts'

interface Listening {
  readonly url: string
  readonly port: number
  asked: number
  stop(): Promise<void>
}

/** A real server on an address of its own; several can share a port, as the pods of a headless service do. */
async function listen(answer: RequestListener, { host = '127.0.0.1', port = 0 } = {}): Promise<Listening> {
  const server: Server = createServer((request, response) => {
    listening.asked++
    answer(request, response)
  })
  await new Promise<void>((resolve) => server.listen(port, host, resolve))
  const address = server.address()
  const bound = typeof address === 'object' && address ? address.port : 0
  const stop = () => new Promise<void>((resolve) => (server.close(() => resolve()), server.closeAllConnections()))
  onTestFinished(stop)
  const listening: Listening = { url: `http://${host}:${bound}`, port: bound, asked: 0, stop }
  return listening
}
const good: RequestListener = (_request, response) => void response.end('{}')
const after =
  (ms: number): RequestListener =>
  (_request, response) =>
    void setTimeout(() => response.end('{}'), ms)

function open(urls: readonly string[], lookup?: (host: string) => Promise<readonly string[]>): Replicas {
  const replicas = openReplicas(`test-${crypto.randomUUID()}`, urls, silentLog, lookup)
  onTestFinished(() => replicas.close())
  return replicas
}

const QUESTION: Question = { isRepeatable: true, options: () => ({ method: 'GET', path: '/' }) }
async function ask(replicas: Replicas, question = QUESTION): Promise<number | string> {
  const reply = await askService(replicas, question)
  if (!('answer' in reply)) return reply.failure
  await reply.answer.body.dump()
  return reply.answer.statusCode
}
async function askMany(replicas: Replicas, count: number, clients = 8): Promise<Set<number | string>> {
  const outcomes = new Set<number | string>()
  let left = count
  const client = async () => {
    while (left-- > 0) outcomes.add(await ask(replicas))
  }
  await Promise.all(Array.from({ length: clients }, client))
  return outcomes
}

it('gives a slow replica less, and equals about the same', async () => {
  const [one, two, slow] = [await listen(good), await listen(good), await listen(after(300))]
  expect(await askMany(open([one.url, two.url, slow.url]), 400)).toEqual(new Set([200]))
  expect(slow.asked).toBeLessThan(Math.min(one.asked, two.asked) / 2)
  expect(Math.min(one.asked, two.asked)).toBeGreaterThan(80)
})

it('gives a dead replica nothing, fails no request over it, and asks it again when it is back', async () => {
  const [one, other] = [await listen(good), await listen(good)]
  const replicas = open([one.url, other.url])
  await askMany(replicas, 50)
  await other.stop()
  expect(await askMany(replicas, 200)).toEqual(new Set([200]))
  const back = await listen(good, { port: other.port })
  await eventually(async () => {
    expect(await askMany(replicas, 20)).toEqual(new Set([200]))
    expect(back.asked).toBeGreaterThan(20)
  })
})

it('passes over a replica that fails three times in a row, and never all of them', async () => {
  const broken: RequestListener = (_request, response) => void response.writeHead(502).end()
  const [one, sick] = [await listen(good), await listen(broken)]
  const replicas = open([one.url, sick.url])
  await askMany(replicas, 200)
  expect(sick.asked).toBeLessThanOrEqual(3 + 8)
  const alone = await listen(broken)
  expect(await askMany(open([alone.url]), 15)).toEqual(new Set([502]))
  expect(alone.asked).toBe(15)
})

it('asks another replica when one sheds its load, within the budget, and holds it against nobody', async () => {
  const sheds: RequestListener = (_request, response) => void response.writeHead(503, { [SHED_HEADER]: '1' }).end()
  const [one, full] = [await listen(good), await listen(sheds)]
  expect(await askMany(open([one.url, full.url]), 10, 1)).toEqual(new Set([200]))
  const everybody = [await listen(sheds), await listen(sheds)]
  const replicas = open(everybody.map(({ url }) => url))
  expect(await askMany(replicas, 100, 1)).toEqual(new Set([503]))
  expect(everybody.reduce((sum, { asked }) => sum + asked, 0)).toBeLessThanOrEqual(100 + 20 + 10)
})

it('knows a planned refusal of ours from a replica that cannot work', async () => {
  const refuse =
    (headers: Record<string, string>): RequestListener =>
    (_request, response) =>
      void response.writeHead(503, headers).end()
  const planned = await listen(refuse({ 'content-type': 'application/problem+json; charset=utf-8' }))
  const unwell = await listen(refuse({ 'content-type': 'application/problem+json', [UNWELL_HEADER]: '1' }))
  await askMany(open([planned.url]), 60)
  expect(planned.asked).toBe(60)
  await askMany(open([unwell.url]), 60, 1)
  expect(unwell.asked).toBe(20)
})

it('comes back to a replica whose breaker had opened, when its rest is over', async () => {
  let isSick = true
  const held: (() => void)[] = []
  const crashing = await listen((request, response) => {
    if (!isSick) return void response.end('{}')
    held.push(() => request.socket.destroy())
    if (held.length === 20) for (const crash of held) crash()
  })
  const replicas = open([crashing.url])
  await Promise.all(Array.from({ length: 20 }, () => ask(replicas, { ...QUESTION, isRepeatable: false })))
  isSick = false
  expect(await ask(replicas)).toBe('away')
  const now = performance.now()
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => now + 12_500)
  onTestFinished(() => clock.mockRestore())
  const replica = await replicas.choose(new Set())
  expect([replica?.isEligible, await ask(replicas)]).toEqual([true, 200])
})

it('does not hold a late answer against a replica when the caller was in a hurry', async () => {
  const late: RequestListener = (_request, response) => void response.writeHead(504).end()
  const server = await listen(late)
  const replicas = open([server.url])
  for (let index = 0; index < 40; index++) await ask(replicas, { ...QUESTION, isHasty: true })
  expect(server.asked).toBe(40)
  for (let index = 0; index < 40; index++) await ask(replicas)
  expect(server.asked).toBe(40 + 20)
})

it('sends nothing when no time is left', async () => {
  const server = await listen(good)
  expect(await ask(open([server.url]), { isRepeatable: true, options: () => null })).toBe('late')
  expect(server.asked).toBe(0)
})

it('repeats once what may be repeated after a broken connection, and not what may not', async () => {
  const server = await listen((request) => request.socket.destroy())
  const replicas = open([server.url])
  expect([await ask(replicas), server.asked]).toEqual(['broken', 2])
  expect([await ask(replicas, { ...QUESTION, isRepeatable: false }), server.asked]).toEqual(['broken', 3])
})

it('uses connections again', async () => {
  const sockets = new Set<unknown>()
  const server = await listen((request, response) => (sockets.add(request.socket), response.end('{}')))
  await askMany(open([server.url]), 100, 1)
  expect(sockets.size).toBeLessThanOrEqual(2)
})

it('takes every address of a name for a replica, and follows the name when it changes', async () => {
  const one = await listen(good, { host: '127.0.0.1' })
  const others = [await listen(good, { host: '127.0.0.2', port: one.port }), await listen(good, { host: '127.0.0.3', port: one.port })]
  const answers = { current: ['127.0.0.1', '127.0.0.2'] }
  const clock = vi.spyOn(performance, 'now')
  onTestFinished(() => clock.mockRestore())
  const replicas = open([`http://crm.internal:${one.port}`], async () => answers.current)
  expect(await askMany(replicas, 60)).toEqual(new Set([200]))
  expect([one.asked > 5, (others[0]?.asked ?? 0) > 5, others[1]?.asked]).toEqual([true, true, 0])

  answers.current = ['127.0.0.3']
  const now = performance.now()
  clock.mockImplementation(() => now + 6_000)
  await ask(replicas) // asks for the name beside
  const before = one.asked + (others[0]?.asked ?? 0)
  expect(await askMany(replicas, 30)).toEqual(new Set([200]))
  expect([one.asked + (others[0]?.asked ?? 0) - before, others[1]?.asked]).toEqual([0, 30])
})

it('goes on with the last addresses when the name service is away', async () => {
  const server = await listen(good)
  let isAway = false
  const clock = vi.spyOn(performance, 'now')
  onTestFinished(() => clock.mockRestore())
  const replicas = open([`http://crm.internal:${server.port}`], async () => {
    if (isAway) throw new Error('SERVFAIL')
    return ['127.0.0.1']
  })
  expect(await ask(replicas)).toBe(200)
  isAway = true
  const now = performance.now()
  clock.mockImplementation(() => now + 6_000)
  for (let index = 0; index < 3; index++) expect(await ask(replicas)).toBe(200)
})

it('says that nobody is there when nobody is', async () => {
  expect(await ask(open([]))).toBe('away')
  expect(await ask(open(['http://127.0.0.1:9']))).toBe('away')
})
