/**
 * B14: what others feel while somebody attacks the door. `npm run bench:attacks -- [--seconds=60]`
 *
 * 1,000 connections that send a byte of a header every second, and 20 that begin bodies of 100 MB again and again, from
 * addresses of their own; beside them a person reads contacts. Before and meanwhile in the same run.
 */
import { connect, type Socket } from 'node:net'
import { runLoad } from '../load/run-load.ts'
import { readOptions } from '../options.ts'
import { seedContacts } from '../system/seed-contacts.ts'
import { signUp } from '../system/sign-up.ts'
import { startPostgres } from '../system/start-postgres.ts'
import { startProgram } from '../system/start-program.ts'
import { getContact } from '../workloads/get-contact.ts'

const SLOW = { count: 1_000, localAddress: '127.0.0.2' }
const LARGE = { count: 20, localAddress: '127.0.0.3' }
const CHUNK = Buffer.alloc(64 * 1024, 'x')
const LARGE_HEAD = 'POST /api/v1/auth/sign-in HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 104857600\r\n\r\n'

const options = readOptions(['--seconds=60', '--contacts=2000', ...process.argv.slice(2)].toReversed())
const database = await startPostgres()
const program = await startProgram(database, null)
let isOver = false
const sockets = new Set<Socket>()
const sent = { slow: 0, slowCut: 0, large: 0, bytes: 0 }
try {
  const scene = { url: program.url, ...(await signUp(program)), database }
  await seedContacts(database, scene.organizationId, options.contacts)
  const next = await getContact.prepare(scene)
  const read = (seconds: number) => runLoad({ ...scene, next, concurrency: 2, seconds })
  await read(3)
  const before = await read(Math.min(options.seconds, 15))
  const port = Number(new URL(program.url).port)
  for (let index = 0; index < SLOW.count; index++) sendSlowly(port)
  for (let index = 0; index < LARGE.count; index++) sendMuch(port)
  const meanwhile = await read(options.seconds)
  isOver = true
  console.log(`before:    ${before.requestsPerSecond.toFixed(0)}/s, p50 ${before.p50Ms.toFixed(1)}, p99 ${before.p99Ms.toFixed(1)} ms
meanwhile: ${meanwhile.requestsPerSecond.toFixed(0)}/s, p50 ${meanwhile.p50Ms.toFixed(1)}, p99 ${meanwhile.p99Ms.toFixed(1)} ms, ${meanwhile.errors} errors; p99 ${(meanwhile.p99Ms / before.p99Ms).toFixed(2)} of before (target 1.5)
${sent.slow} slow connections opened, ${sent.slowCut} cut off; ${sent.large} bodies of 100 MB begun, ${(sent.bytes / 2 ** 20).toFixed(0)} MiB of them taken in`)
} finally {
  isOver = true
  for (const socket of sockets) socket.destroy()
  await program.stop()
  await database.stop()
}

function attack(port: number, localAddress: string, begin: (socket: Socket) => void, again: () => void): void {
  if (isOver) return
  const socket = connect({ port, host: '127.0.0.1', localAddress }, () => begin(socket))
  sockets.add(socket)
  socket.on('error', () => undefined)
  socket.on('data', () => undefined)
  socket.on('close', () => {
    sockets.delete(socket)
    setTimeout(again, 100)
  })
}

function sendSlowly(port: number): void {
  sent.slow++
  const drip = (socket: Socket) => {
    socket.write('GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ')
    const timer = setInterval(() => socket.write('a'), 1_000)
    socket.once('close', () => clearInterval(timer))
  }
  attack(port, SLOW.localAddress, drip, () => {
    sent.slowCut++
    sendSlowly(port)
  })
}

function sendMuch(port: number): void {
  sent.large++
  const pour = (socket: Socket) => {
    socket.write(LARGE_HEAD)
    const more = () => {
      while (socket.writable && socket.write(CHUNK)) sent.bytes += CHUNK.length
    }
    socket.on('drain', more)
    more()
  }
  attack(port, LARGE.localAddress, pour, () => sendMuch(port))
}
