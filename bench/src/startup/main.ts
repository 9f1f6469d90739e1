/**
 * W9: from the command to the first page, and the memory of a program that does nothing. `npm run bench:startup`
 *
 * First start (an empty data folder: initdb and all migrations) and the starts after it; the web app is built before.
 * Beside it the limit: the same Node until it answers one page from a bare HTTP server.
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort } from '@ai-crm/testing/servers'
import { buildWeb } from '../../../tools/build-web.ts'

const MAIN = fileURLToPath(new URL('../../../apps/server/src/main.ts', import.meta.url))
const BARE = "require('node:http').createServer((_, answer) => answer.end('page')).listen(Number(process.env.PORT), '127.0.0.1')"
const RESTARTS = 5
const IDLE_MS = 10_000
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Milliseconds from spawn to the first page. */
async function start(args: readonly string[], dataDir: string): Promise<{ child: ChildProcess; ms: number }> {
  const [port, opsPort, smtpPort] = [await freePort(), await freePort(), await freePort()]
  const startedMs = performance.now()
  const child = spawn(process.execPath, [...args], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, PORT: String(port), OPS_PORT: String(opsPort), SMTP_PORT: String(smtpPort), DATA_DIR: dataDir, LOG_LEVEL: 'error' },
  })
  while (child.exitCode === null) {
    const isThere = await fetch(`http://127.0.0.1:${port}/`, { headers: { accept: 'text/html' } }).then(
      (answer) => answer.ok,
      () => false,
    )
    if (isThere) return { child, ms: performance.now() - startedMs }
    await pause(5)
  }
  throw new Error('The program ended before its first page.')
}

async function stop(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  await ended
}

/** Proportional set size of a process and all below it: shared pages of PostgreSQL are counted once. */
function memoryMiB(pid: number): number {
  const own = Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0) / 1024
  const children = readdirSync(`/proc/${pid}/task`).flatMap((task) => readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean))
  return children.reduce((sum, child) => sum + memoryMiB(Number(child)), own)
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

await buildWeb()
const dataDir = mkdtempSync(join(tmpdir(), 'ai-crm-bench-'))
try {
  const bare: number[] = []
  for (let round = 0; round < RESTARTS; round++) {
    const { child, ms } = await start(['-e', BARE], dataDir)
    bare.push(ms)
    await stop(child)
  }
  const first = await start([MAIN], dataDir)
  await stop(first.child)
  const again: number[] = []
  let memory = Number.NaN
  for (let round = 0; round < RESTARTS; round++) {
    const { child, ms } = await start([MAIN], dataDir)
    again.push(ms)
    if (round === RESTARTS - 1) {
      await pause(IDLE_MS)
      memory = memoryMiB(child.pid ?? 0)
    }
    await stop(child)
  }
  console.log(`W9 start to first page and idle memory
  first start, with initdb and migrations: ${first.ms.toFixed(0)} ms; each start after it: ${median(again).toFixed(0)} ms (target 2,000)
  bare Node with one page: ${median(bare).toFixed(0)} ms; ratio ${(median(again) / median(bare)).toFixed(1)}
  idle memory with PostgreSQL: ${memory.toFixed(0)} MiB (target 300)`)
} finally {
  rmSync(dataDir, { recursive: true, force: true })
}
