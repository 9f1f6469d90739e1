/** A process that is full: every request is refused, by the application or (`bare`) by node:http alone. Tells its parent its address, and its CPU when asked. */
import { createServer } from 'node:http'
import { defineEndpoints } from '@ai-crm/contracts'
import { createApp, createMemoryAdapters, createTokenVerifier, mountService, serviceKit } from '@ai-crm/platform'
import { createBareRuntime, silentLog } from '@ai-crm/testing/http'

const SLOTS = 32
const endpoints = defineEndpoints('crm', {
  enter: { method: 'POST', path: '/enter', summary: 'Hold a slot', access: 'public', idempotency: 'exempt', status: 204, timeoutMs: 3_600_000 },
  write: { method: 'POST', path: '/contacts', summary: 'Write', access: 'signed-in', idempotency: 'exempt', status: 204 },
})

async function full(): Promise<string> {
  const kit = serviceKit<unknown>()('crm', {})
  let held = 0
  const { promise: isFull, resolve } = Promise.withResolvers<void>()
  const hold = async () => {
    if (++held === SLOTS) resolve()
    await new Promise(() => undefined)
  }
  const verifier = createTokenVerifier({ keys: async () => ({ keys: [] }), cache: createMemoryAdapters(silentLog).cache })
  const app = createApp({ log: silentLog, maxConcurrentRequests: SLOTS })
  mountService(app, { runtime: createBareRuntime(Object.values(endpoints).map((endpoint) => kit.handle(endpoint, hold))), verifier })
  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  for (let index = 0; index < SLOTS; index++) void fetch(`${url}/api/v1/enter`, { method: 'POST' }).catch(() => undefined)
  await isFull
  return url
}

async function bare(): Promise<string> {
  const body = 'x'.repeat(220)
  const headers = ['content-type', 'application/problem+json', 'retry-after', '1', 'content-length', String(body.length)]
  const server = createServer((_request, response) => void response.writeHead(503, headers).end(body))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
}

process.on('message', () => {
  const { user, system } = process.cpuUsage()
  process.send?.({ user, system })
})
process.send?.(await (process.argv[2] === 'bare' ? bare() : full()))
