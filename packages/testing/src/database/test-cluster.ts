import { rmSync } from 'node:fs'
import { prepareDatabase, startEmbeddedPostgres, type ServiceSchema } from '@ai-crm/platform'
import pg from 'pg'
import { throwAwayDirectory } from '../servers/throw-away-directory.ts'
import { findServiceSchemas } from './service-schemas.ts'

/** Where a run of tests finds its server. Plain data: it travels to the workers. */
export interface TestCluster {
  readonly adminUrl: string
  readonly masterSecret: string
}

export interface RunningTestCluster extends TestCluster {
  readonly stop: () => Promise<void>
}

/** The prepared database that every test file's own is copied from. */
export const TEMPLATE = 'template_ai_crm'

// A crash may lose what tests wrote; waiting for the disk is most of their time.
const THROW_AWAY = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', shared_buffers: '64MB', max_connections: '400' }

/** A PostgreSQL of its own in a temporary directory, with all services' schemas in a template database. */
export async function startTestCluster(services: readonly ServiceSchema[] = findServiceSchemas()): Promise<RunningTestCluster> {
  const dataDir = throwAwayDirectory('ai-crm-test-')
  const log = { info: () => {}, error: (_fields: unknown, message?: string) => console.error(message) }
  const server = await startEmbeddedPostgres({ dataDir, log, settings: THROW_AWAY })
  const stop = async (): Promise<void> => {
    await server.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
  const cluster = { adminUrl: server.superuserUrl, masterSecret: 'the master secret of tests, 32 bytes and more' }
  try {
    await prepareDatabase({ ...cluster, database: TEMPLATE, services })
    await queryAsAdmin(cluster, `alter database ${TEMPLATE} is_template true allow_connections false`)
  } catch (error) {
    await stop()
    throw error
  }
  return { ...cluster, stop }
}

type RunSql = (sql: string) => Promise<readonly Record<string, unknown>[]>

/** Superuser SQL against one database of the cluster; for tests of the guards, never for business. */
export const queryAsAdmin = (cluster: TestCluster, sql: string, database = 'postgres'): Promise<readonly Record<string, unknown>[]> =>
  withAdmin(cluster, database, (run) => run(sql))

/** Several statements on one superuser's connection, so that they can share a transaction. */
export async function withAdmin<Result>(cluster: TestCluster, database: string, work: (run: RunSql) => Promise<Result>): Promise<Result> {
  const url = new URL(cluster.adminUrl)
  url.pathname = `/${database}`
  const client = new pg.Client({ connectionString: url.href })
  client.on('error', () => {}) // a killed connection rejects its query as well
  await client.connect()
  try {
    return await work(async (sql) => (await client.query<Record<string, unknown>>(sql)).rows)
  } finally {
    await client.end()
  }
}
