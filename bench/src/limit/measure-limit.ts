import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serviceDatabaseUrl } from '@ai-crm/platform'
import type { BenchDatabase } from '../system/start-postgres.ts'

export interface LimitPlan {
  readonly database: BenchDatabase
  readonly organizationId: string
  readonly concurrency: number
  readonly seconds: number
  /** pgbench(1) script. The connection is crm's own role and has the organisation as a setting, so row-level security binds. */
  readonly script: string
}

/** What PostgreSQL alone does with the same SQL: transactions per second by pgbench, or null where it is not installed. */
export function measureLimit({ database, organizationId, concurrency, seconds, script }: LimitPlan): number | null {
  const directory = mkdtempSync(join(tmpdir(), 'ai-crm-limit-'))
  try {
    const file = join(directory, 'script.sql')
    writeFileSync(file, script)
    const login = serviceDatabaseUrl(database.databaseUrl, 'crm', 'app', database.masterSecret)
    const run = spawnSync('pgbench', ['-n', '-M', 'prepared', '-c', String(concurrency), '-j', '1', '-T', String(seconds), '-f', file], {
      encoding: 'utf8',
      env: {
        ...process.env,
        PGHOST: login.host, PGPORT: String(login.port), PGUSER: login.user, PGPASSWORD: login.password, PGDATABASE: login.database,
        PGOPTIONS: `-c app.organization_id=${organizationId}`,
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
