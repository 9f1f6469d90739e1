import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ClientConfig } from 'pg'
import type { LimitPlan } from './measure-limit.ts'

/** Transactions per second, or null where pgbench is not installed. */
export function runPgbench(login: ClientConfig, { concurrency, seconds, script }: LimitPlan): number | null {
  const directory = mkdtempSync(join(tmpdir(), 'ai-crm-limit-'))
  try {
    const file = join(directory, 'script.sql')
    writeFileSync(file, script)
    const run = spawnSync('pgbench', ['-n', '-M', 'prepared', '-c', String(concurrency), '-j', '1', '-T', String(seconds), '-f', file], {
      encoding: 'utf8',
      env: {
        ...process.env,
        PGHOST: login.host,
        PGPORT: String(login.port),
        PGUSER: login.user,
        PGPASSWORD: String(login.password),
        PGDATABASE: login.database,
        PGOPTIONS: login.options,
      },
    })
    if (run.error) return null
    const tps = /^tps = ([\d.]+)/m.exec(run.stdout)?.[1]
    if (run.status !== 0 || tps === undefined) throw new Error(`pgbench failed: ${run.stderr}`)
    return Number(tps)
  } finally {
    rmSync(directory, { recursive: true })
  }
}
