/**
 * W7: an e-mail by SMTP until it is on a colleague's socket. `npm run bench:mail -- [--rate=50] [--seconds=15] [--burst=1000]`
 *
 * First at a fixed rate (open loop: a slow answer does not slow the sender), which gives the latency; then as fast as
 * 16 connections can, which gives the throughput. Beside it: a bare SMTP server of the same library, same sender.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { LiveTicket, LIVE_PATH, LiveUpdate } from '@ai-crm/contracts'
import { freePort } from '@ai-crm/testing/servers'
import { io } from 'socket.io-client'
import { request } from 'undici'
import { signUp } from '../system/sign-up.ts'
import { startPostgres } from '../system/start-postgres.ts'
import { startProgram } from '../system/start-program.ts'
import { createSender, mail } from './deliver.ts'
import { percentile } from './percentiles.ts'

const numberOf = (name: string, fallback: number): number =>
  Number(process.argv.find((word) => word.startsWith(`--${name}=`))?.slice(name.length + 3) ?? fallback)
const RATE = numberOf('rate', 50)
const SECONDS = numberOf('seconds', 15)
const BURST = numberOf('burst', 1_000)
const CONNECTIONS = 16
const WARM_UP = 100
const WARMED_UP = 2 * WARM_UP
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
/** A Message-ID without its angle brackets. */
const bare = (messageId: string): string => messageId.replace(/[<>]/g, '')

async function burst(port: number, to: string, first: number, count: number): Promise<number> {
  const sender = createSender(port, CONNECTIONS)
  const startedMs = performance.now()
  await Promise.all(Array.from({ length: count }, (_, index) => sender.sendMail(mail(first + index, to))))
  sender.close()
  return (count / (performance.now() - startedMs)) * 1000
}

async function bareLimit(): Promise<number> {
  const child = spawn(process.execPath, [fileURLToPath(new URL('./bare-server.ts', import.meta.url))], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = await once(child.stdout, 'data')
  const port = Number(String(line))
  await burst(port, 'anybody@example.org', 0, WARM_UP)
  const rate = await burst(port, 'anybody@example.org', 0, BURST)
  child.kill()
  return rate
}

const database = await startPostgres()
const smtpPort = await freePort()
const program = await startProgram(database, null, { SMTP_PORT: String(smtpPort), SMTP_MAX_SESSIONS: '100', AI_DRAFTS_PER_HOUR: '1000000' })
try {
  const { token } = await signUp(program)
  const to = 'bench@crm.localhost'
  const { body } = await request(`${program.url}/api/v1/live/tickets`, { method: 'POST', headers: { authorization: `Bearer ${token}` } })
  const { ticket } = LiveTicket.parse(await body.json())
  const seenAtMs = new Map<string, number>()
  const socket = io(program.url, { path: LIVE_PATH, transports: ['websocket'], auth: { ticket }, extraHeaders: { origin: program.url } })
  socket.on('update', (raw: unknown) => {
    const update = LiveUpdate.parse(raw)
    if (update.type === 'message.received' && update.refs.messageId) seenAtMs.set(update.refs.messageId, performance.now())
  })
  await new Promise<void>((resolve, reject) => {
    socket.once('welcome', () => resolve())
    socket.once('connect_error', reject)
  })
  const untilSeen = async (count: number) => {
    for (let waited = 0; seenAtMs.size < count && waited < 60_000; waited += 20) await pause(20)
  }

  // The channel of a new organisation is made by an event: the first mails wait for it.
  await pause(1_000)
  await burst(smtpPort, to, 0, WARM_UP)
  await untilSeen(WARM_UP)
  // What autovacuum does within seconds: else the plans are those of empty tables.
  await database.query('analyze')
  await burst(smtpPort, to, WARM_UP, WARM_UP)
  await untilSeen(WARMED_UP)

  const sentAtMs = new Map<string, number>()
  const sender = createSender(smtpPort, CONNECTIONS)
  const sending: Promise<unknown>[] = []
  const total = RATE * SECONDS
  const startMs = performance.now()
  for (let index = 0; index < total; index++) {
    await pause(Math.max(0, startMs + (index / RATE) * 1000 - performance.now()))
    const message = mail(WARMED_UP + index, to)
    sentAtMs.set(bare(message.messageId), performance.now())
    sending.push(sender.sendMail(message))
  }
  await Promise.all(sending)
  sender.close()
  await untilSeen(WARMED_UP + total)
  const stored = await database.query('select id, rfc_message_id from messaging.message where direction = $1', ['inbound'])
  const latencies = stored.flatMap((row) => {
    const [sent, seen] = [sentAtMs.get(bare(String(row['rfc_message_id']))), seenAtMs.get(String(row['id']))]
    return sent !== undefined && seen !== undefined ? [seen - sent] : []
  })

  const burstStartMs = performance.now()
  await burst(smtpPort, to, WARMED_UP + total, BURST)
  await untilSeen(WARMED_UP + total + BURST)
  const throughput = (BURST / (performance.now() - burstStartMs)) * 1000
  const lost = WARMED_UP + total + BURST - seenAtMs.size
  socket.close()
  const memory = program.memoryMiB()
  await program.stop()
  const limit = await bareLimit()
  const ms = (value: number) => value.toFixed(1)
  console.log(`W7 e-mail by SMTP until it is on a socket
  at ${RATE}/s: p50 ${ms(percentile(latencies, 0.5))} ms, p95 ${ms(percentile(latencies, 0.95))} ms, p99 ${ms(percentile(latencies, 0.99))} ms (${latencies.length} mails; target p95 16 ms)
  ${CONNECTIONS} connections: ${throughput.toFixed(0)} mails/s stored and shown (target 600); bare SMTP server, same sender: ${limit.toFixed(0)}/s; ratio ${(throughput / limit).toFixed(2)}
  not shown: ${lost}; program ${memory} MiB`)
} finally {
  await program.stop()
  await database.stop()
}
