import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { BenchDatabase } from './start-postgres.ts'

export interface RunningProgram {
  readonly url: string
  /** The next link of a mail of the system: without a relay they stand in the log. */
  nextLink(): Promise<string>
  /** CPU time that the process has used so far. */
  cpuSeconds(): number
  memoryMiB(): number
  stop(): Promise<void>
}

const MAIN = fileURLToPath(new URL('../../../apps/server/src/main.ts', import.meta.url))
const NO_LIMIT = '1000000000'

/** The program as people start it, in a process of its own, with rate limits out of the way. */
export async function startProgram(database: BenchDatabase, services: string | null, extra: Readonly<Record<string, string>> = {}): Promise<RunningProgram> {
  const child = spawn(process.execPath, [MAIN, ...(services ? [`--services=${services}`] : [])], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      PORT: '0',
      OPS_PORT: '0',
      SMTP_PORT: '0',
      LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'warn',
      DEMO: 'off',
      NODE_ENV: 'production',
      DATABASE_URL: database.databaseUrl,
      DATABASE_ADMIN_URL: database.adminUrl,
      MASTER_SECRET: database.masterSecret,
      RATE_LIMIT_ADDRESS_PER_MINUTE: NO_LIMIT,
      RATE_LIMIT_USER_PER_MINUTE: NO_LIMIT,
      RATE_LIMIT_ORGANIZATION_PER_MINUTE: NO_LIMIT,
      RATE_LIMIT_SIGNED_IN_ADDRESS_PER_MINUTE: NO_LIMIT,
      RATE_LIMIT_COSTLY_PER_MINUTE: NO_LIMIT,
      RATE_LIMIT_SIGN_IN_PER_15_MINUTES: NO_LIMIT,
      ...extra,
    },
  })
  const lines = readLines(child)
  const printed = (await lines.next(/http:\/\/localhost:\d+/)).replace('localhost', '127.0.0.1')
  // A program without the gateway prints where its operations are.
  const url = extra['PORT'] === undefined ? printed : `http://127.0.0.1:${extra['PORT']}`
  return {
    url,
    nextLink: () => lines.next(/http:\/\/[^"\s]+#[0-9a-f]{64}/),
    cpuSeconds: () => cpuSecondsOf(child),
    memoryMiB: () => memoryMiBOf(child),
    async stop() {
      if (child.exitCode !== null) return
      child.kill('SIGTERM')
      await once(child, 'exit')
    },
  }
}

/** What the program prints, to wait for: `next` answers the first match that nobody has taken yet. */
function readLines(child: ChildProcess): { next(pattern: RegExp): Promise<string> } {
  if (!child.stdout) throw new Error('The program has no standard output.')
  const lines: string[] = []
  // Read to the end, so that the program never waits for a full pipe.
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(line))
  return {
    async next(pattern) {
      for (const deadline = Date.now() + 60_000; Date.now() < deadline; await new Promise((resolve) => setTimeout(resolve, 20))) {
        const at = lines.findIndex((line) => pattern.test(line))
        const found = pattern.exec(lines[at] ?? '')?.[0]
        if (found === undefined && child.exitCode !== null) break
        lines.splice(0, at + 1)
        if (found !== undefined) return found
      }
      throw new Error(`The program did not print ${pattern.source}.`)
    },
  }
}

/** proc(5): fields 14 and 15 of /proc/<pid>/stat, in ticks of 1/100 s. */
function cpuSecondsOf({ pid }: ChildProcess): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ')
  return (Number(fields[11]) + Number(fields[12])) / 100
}

function memoryMiBOf({ pid }: ChildProcess): number {
  const kiB = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return Math.round(Number(kiB) / 1024)
}
