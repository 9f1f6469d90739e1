import { serviceDatabaseUrl } from '@ai-crm/platform'
import type { BenchDatabase } from '../system/start-postgres.ts'
import { runPgLoop } from './run-pg-loop.ts'
import { runPgbench } from './run-pgbench.ts'

export interface LimitPlan {
  readonly database: BenchDatabase
  readonly organizationId: string
  readonly concurrency: number
  readonly seconds: number
  /** In the language of pgbench(1): statements, and at most one `\set n random(a, b)` for `:n`. */
  readonly script: string
}

export interface Limit {
  readonly perSecond: number
  readonly by: 'pgbench' | 'pg'
}

/**
 * What PostgreSQL alone does with the same SQL: transactions per second, by pgbench where it is installed, else by a loop
 * over pg, which is slower itself. As crm's own role with the organisation as a setting, so that row-level security binds.
 */
export async function measureLimit(plan: LimitPlan): Promise<Limit> {
  const login = {
    ...serviceDatabaseUrl(plan.database.databaseUrl, 'crm', 'app', plan.database.masterSecret),
    options: `-c app.organization_id=${plan.organizationId}`,
  }
  const byPgbench = runPgbench(login, plan)
  return byPgbench === null ? { perSecond: await runPgLoop(login, plan), by: 'pg' } : { perSecond: byPgbench, by: 'pgbench' }
}
