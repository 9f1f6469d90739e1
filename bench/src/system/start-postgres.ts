import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { prepareDatabase, startEmbeddedPostgres } from '@ai-crm/platform'
import pg from 'pg'

const SERVICES = new URL('../../../services/', import.meta.url)

export interface BenchDatabase {
  readonly adminUrl: string
  readonly databaseUrl: string
  readonly masterSecret: string
  /** Superuser SQL: to seed, to look and to clean. */
  query(sql: string, values?: readonly unknown[]): Promise<readonly Record<string, unknown>[]>
  stop(): Promise<void>
}

/** The embedded PostgreSQL with its usual settings, in a folder that is thrown away. */
export async function startPostgres(): Promise<BenchDatabase> {
  const dataDir = mkdtempSync(join(tmpdir(), 'ai-crm-bench-'))
  const log = { info: () => undefined, error: (_fields: unknown, message?: string) => console.error(message) }
  const server = await startEmbeddedPostgres({ dataDir, log })
  const masterSecret = 'the master secret of benchmarks, 32 bytes and more'
  const prepared = await prepareDatabase({ adminUrl: server.superuserUrl, database: 'ai_crm', services: serviceSchemas(), masterSecret })
  const adminUrl = new URL(server.superuserUrl)
  adminUrl.pathname = '/ai_crm'
  const pool = new pg.Pool({ connectionString: adminUrl.href, max: 2 })
  return {
    adminUrl: server.superuserUrl,
    databaseUrl: prepared.databaseUrl,
    masterSecret,
    query: async (sql, values = []) => (await pool.query<Record<string, unknown>>(sql, [...values])).rows,
    async stop() {
      await pool.end()
      await server.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

const serviceSchemas = () =>
  readdirSync(SERVICES)
    .filter((name) => readdirSync(new URL(`${name}/`, SERVICES)).includes('migrations'))
    .map((name) => ({ name, migrations: new URL(`${name}/migrations/`, SERVICES) }))
