import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { prepareDatabase, startEmbeddedPostgres } from '@ai-crm/platform'
import pg from 'pg'

const SERVICES = new URL('../../../services/', import.meta.url)

export type Query = (sql: string, values?: readonly unknown[]) => Promise<readonly Record<string, unknown>[]>

export interface BenchDatabase {
  readonly adminUrl: string
  readonly databaseUrl: string
  readonly masterSecret: string
  /** Superuser SQL: to seed, to look and to clean. */
  readonly query: Query
  /** The same, all of it on one connection: for what is set for a session. */
  inSession(work: (query: Query) => Promise<void>): Promise<void>
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
    async inSession(work) {
      const client = await pool.connect()
      try {
        await work(async (sql, values = []) => (await client.query<Record<string, unknown>>(sql, values.length === 0 ? undefined : [...values])).rows ?? [])
      } finally {
        client.release(true)
      }
    },
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
