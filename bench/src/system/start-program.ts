import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { BenchDatabase } from './start-postgres.ts'

export interface RunningProgram {
  readonly url: string
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
      LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'error',
      DEMO: 'off',
      NODE_ENV: 'production',
      DATABASE_URL: database.databaseUrl,
      DATABASE_ADMIN_URL: database.adminUrl,
      MASTER_SECRET: database.masterSecret,
      RATE_LIMIT_ADDRESS_PER_MINUTE: NO_LIMIT,
      RATE_LIMIT_USER_PER_MINUTE: NO_LIMIT,
      RATE_LIMIT_ORGANIZATION_PER_MINUTE: NO_LIMIT,
      ...extra,
    },
  })
  const url = await readUrl(child)
  return {
    url,
    cpuSeconds: () => cpuSecondsOf(child),
    memoryMiB: () => memoryMiBOf(child),
    async stop() {
      if (child.exitCode !== null) return
      child.kill('SIGTERM')
      await once(child, 'exit')
    },
  }
}

/** The first address that the banner prints. */
async function readUrl(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('The program has no standard output.')
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /http:\/\/localhost:\d+/.exec(line)?.[0]
    if (url) return url.replace('localhost', '127.0.0.1')
  }
  throw new Error('The program ended before it was ready.')
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
