/**
 * What a refused request costs the process that is full, in CPU: `npm run bench:refusal -- [--requests=60000]`
 *
 * Beside it what node:http alone takes for the same answer, in turns. CPU per request, not time: it hardly moves with what else runs.
 */
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { fileURLToPath } from 'node:url'

const [CONNECTIONS, ROUNDS, WARM_UP] = [64, 5, 20_000]
const requests = Number(process.argv.find((word) => word.startsWith('--requests='))?.split('=')[1] ?? 60_000)

const BODY = JSON.stringify({ name: 'Ada Lovelace', email: 'ada@example.org', phone: '+44 20 7946 0000', note: 'x'.repeat(200) })
const REQUEST = [
  'POST /api/v1/contacts HTTP/1.1',
  'host: crm.example.com',
  `authorization: Bearer ${'t'.repeat(700)}`,
  'content-type: application/json',
  'idempotency-key: 0198f3c2-7d7f-7000-8000-000000000000',
  'user-agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36',
  'accept: application/json',
  'accept-encoding: gzip, deflate, br',
  `content-length: ${BODY.length}`,
  '',
  BODY,
].join('\r\n')

/** As many requests over connections that stay open, one after another on each. */
async function flood(url: string, count: number): Promise<void> {
  let left = count
  const { hostname, port } = new URL(url)
  const ask = async () => {
    const socket = connect(Number(port), hostname)
    await once(socket, 'connect')
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const next = () => {
      if (left-- <= 0) return resolve()
      socket.write(REQUEST)
    }
    socket.on('data', (bytes) => (bytes.includes('503 ') ? next() : reject(new Error(`Not refused: ${String(bytes).slice(0, 200)}`))))
    socket.on('error', reject)
    next()
    await promise
    socket.destroy()
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, ask))
}

async function cpuOf(server: ChildProcess): Promise<number> {
  server.send('cpu')
  const [{ user, system }] = await once(server, 'message')
  return user + system
}

const start = async (kind: string) => {
  const server = fork(fileURLToPath(new URL('./refusal-server.ts', import.meta.url)), [kind])
  const [url] = await once(server, 'message')
  const costs: number[] = []
  return { server, url: String(url), costs }
}

const kinds = { full: await start('full'), bare: await start('bare') }
for (const { url } of Object.values(kinds)) await flood(url, WARM_UP)
for (let round = 0; round < ROUNDS; round++)
  for (const { server, url, costs } of Object.values(kinds)) {
    const before = await cpuOf(server)
    await flood(url, requests)
    costs.push(((await cpuOf(server)) - before) / requests)
  }
for (const [kind, { server, costs }] of Object.entries(kinds)) {
  const median = costs.toSorted((a, b) => a - b)[Math.floor(costs.length / 2)] ?? Number.NaN
  console.log(`${kind}: ${median.toFixed(1)} µs of CPU per refused request (${costs.map((cost) => cost.toFixed(1)).join(', ')})`)
  server.kill()
}
