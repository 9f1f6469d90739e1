import { connect, type Socket } from 'node:net'
import { silentLog } from '@ai-crm/testing/http'
import { eventually } from '@ai-crm/testing/eventually'
import { expect, it, onTestFinished } from 'vitest'
import { createApp, type AppOptions } from './create-app.ts'

/** An address of its own, so that others are not taken for the attacker. */
const ATTACKER = '127.0.0.2'
const QUICK = { headersMs: 2_000, requestMs: 3_000, checkEveryMs: 50 }

async function listen(options: Partial<AppOptions> = {}): Promise<{ url: string; port: number }> {
  const app = createApp({ log: silentLog, ...options })
  app.get('/any', async () => 'fine')
  app.post('/any', async () => 'fine')
  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  onTestFinished(async () => {
    app.server.closeAllConnections()
    await app.close()
  })
  return { url, port: Number(new URL(url).port) }
}

/** Opens connections that send these bytes and then nothing more. */
function attack(port: number, count: number, bytes: string): { open: () => number } {
  const alive = new Set<Socket>()
  for (let index = 0; index < count; index++) {
    const socket = connect({ port, host: '127.0.0.1', localAddress: ATTACKER }, () => socket.write(bytes))
    alive.add(socket)
    socket.on('error', () => {})
    socket.on('data', () => {})
    socket.on('close', () => alive.delete(socket))
  }
  onTestFinished(() => alive.forEach((socket) => socket.destroy()))
  return { open: () => alive.size }
}

it.each([
  ['headers that never end', 'GET /any HTTP/1.1\r\nHost: x\r\nX-Slow: a'],
  ['a body that never ends', 'POST /any HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{'],
])(
  'serves others while 1,000 connections send %s, and cuts those off',
  async (_what, bytes) => {
    const { url, port } = await listen({ arrivalLimits: QUICK })
    const slow = attack(port, 1_000, bytes)
    const answers = await Promise.all(Array.from({ length: 100 }, () => fetch(`${url}/any`)))
    expect(answers.every(({ status }) => status === 200)).toBe(true)
    await eventually(() => expect(slow.open()).toBe(0))
  },
  40_000,
)

it('cuts off at once what one address opens beyond its number, and nobody else', async () => {
  const { url, port } = await listen({ maxConnectionsPerAddress: 20 })
  const greedy = attack(port, 50, 'GET /any HTTP/1.1\r\nHost: x\r\n')
  await eventually(() => expect(greedy.open()).toBe(20))
  expect((await fetch(`${url}/any`)).status).toBe(200)
})

it('does not count connections behind a proxy: they are all the proxy’s', async () => {
  const { port } = await listen({ maxConnectionsPerAddress: 20, trustedProxyHops: 1 })
  const many = attack(port, 50, 'GET /any HTTP/1.1\r\nHost: x\r\n\r\n')
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect(many.open()).toBe(50)
})

it('refuses a body of 100 MB without taking it in, and a million fields', async () => {
  const { port } = await listen()
  const head = 'POST /any HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n'
  const answer = await new Promise<string>((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(`${head}Content-Length: 104857600\r\n\r\n{`))
    socket.once('data', (chunk) => (resolve(String(chunk)), socket.destroy()))
  })
  expect(answer).toMatch(/^HTTP\/1\.1 413 /)
  const fields = await new Promise<string>((resolve) => {
    const body = 'a=b&'.repeat(1_000_000)
    const socket = connect(port, '127.0.0.1', () =>
      socket.write(`${head.replace('json', 'x-www-form-urlencoded')}Content-Length: ${body.length}\r\n\r\n${body}`),
    )
    socket.on('error', () => {})
    socket.once('data', (chunk) => (resolve(String(chunk)), socket.destroy()))
  })
  expect(fields).toMatch(/^HTTP\/1\.1 41[35] /)
})
