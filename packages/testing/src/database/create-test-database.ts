import { randomBytes } from 'node:crypto'
import {
  type Database,
  openDatabase,
  type PoolSettings,
  prepareDatabase,
  restrictDatabaseSql,
  serviceDatabaseUrl,
  type ServiceRole,
  type ServiceSchema,
} from '@ai-crm/platform'
import { afterAll, inject } from 'vitest'
import { openAdminConnections } from './admin-connections.ts'
import './global-setup.ts'
import { findServiceSchemas } from './service-schemas.ts'
import { queryAsAdmin, TEMPLATE, type TestCluster } from './test-cluster.ts'

export interface TestDatabase {
  readonly name: string
  /** Without user and password: what `serviceDatabaseUrl` takes. */
  readonly databaseUrl: string
  readonly cluster: TestCluster
  /** As a service sees it; closed after the file. */
  open(service: string, role?: ServiceRole, pool?: Partial<PoolSettings>): Promise<Database>
  /** Superuser SQL in this database: to look behind the walls or to break them. */
  readonly asAdmin: (sql: string) => Promise<readonly Record<string, unknown>[]>
}

/**
 * A database of this test file's own, dropped after the file: copied from the template with all services, or
 * prepared from nothing for the given ones.
 */
export async function createTestDatabase(services?: readonly ServiceSchema[]): Promise<TestDatabase> {
  const cluster = inject('testCluster')
  const name = newName()
  if (services) await prepareDatabase({ ...cluster, database: name, services })
  else await copyDatabase(cluster, TEMPLATE, name)
  return testDatabase(cluster, name)
}

/** The same as it is at this moment, as a backup has it; whoever is connected to it is cut off. Dropped after the file, too. */
export async function copyTestDatabase({ cluster, name: source }: TestDatabase): Promise<TestDatabase> {
  const name = newName()
  await queryAsAdmin(cluster, `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${source}'`)
  await copyDatabase(cluster, source, name)
  return testDatabase(cluster, name)
}

const newName = (): string => `test_${randomBytes(6).toString('hex')}`

function testDatabase(cluster: TestCluster, name: string): TestDatabase {
  const opened: Database[] = []
  const admin = openAdminConnections(cluster, name)
  afterAll(async () => {
    await Promise.all([admin.close(), ...opened.map((database) => database.close())])
    await queryAsAdmin(cluster, `drop database ${name} with (force)`)
  })

  const databaseUrl = new URL(cluster.adminUrl)
  databaseUrl.username = databaseUrl.password = ''
  databaseUrl.pathname = `/${name}`
  return {
    name,
    databaseUrl: databaseUrl.href,
    cluster,
    async open(service, role = 'app', pool = {}) {
      const database = await openDatabase(serviceDatabaseUrl(databaseUrl.href, service, role, cluster.masterSecret), pool)
      opened.push(database)
      return database
    },
    asAdmin: (sql) => admin.run(sql),
  }
}

async function copyDatabase(cluster: TestCluster, source: string, name: string): Promise<void> {
  await queryAsAdmin(cluster, `create database ${name} template ${source} strategy file_copy`)
  // Rights on the database itself are not copied.
  await queryAsAdmin(
    cluster,
    restrictDatabaseSql(
      name,
      findServiceSchemas().map((service) => service.name),
    ),
  )
}
