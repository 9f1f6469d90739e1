import { randomBytes } from 'node:crypto'
import { type Database, openDatabase, restrictDatabaseSql, serviceDatabaseUrl, type ServiceRole } from '@ai-crm/platform'
import { afterAll, inject } from 'vitest'
import './global-setup.ts'
import { findServiceSchemas } from './service-schemas.ts'
import { queryAsAdmin, TEMPLATE, type TestCluster } from './test-cluster.ts'

export interface TestDatabase {
  readonly name: string
  /** Without user and password: what `serviceDatabaseUrl` takes. */
  readonly databaseUrl: string
  readonly cluster: TestCluster
  /** As a service sees it; closed after the file. */
  open(service: string, role?: ServiceRole): Promise<Database>
  /** Superuser SQL in this database: to look behind the walls or to break them. */
  asAdmin(sql: string): Promise<readonly Record<string, unknown>[]>
}

/** A database of this test file's own, copied from the template with all services; dropped after the file. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const cluster = inject('testCluster')
  const name = `test_${randomBytes(6).toString('hex')}`
  await queryAsAdmin(cluster, `create database ${name} template ${TEMPLATE} strategy file_copy`)
  // Rights on the database itself are not copied.
  await queryAsAdmin(cluster, restrictDatabaseSql(name, findServiceSchemas().map((service) => service.name)))

  const opened: Database[] = []
  afterAll(async () => {
    await Promise.all(opened.map((database) => database.close()))
    await queryAsAdmin(cluster, `drop database ${name} with (force)`)
  })

  const databaseUrl = new URL(cluster.adminUrl)
  databaseUrl.username = databaseUrl.password = ''
  databaseUrl.pathname = `/${name}`
  return {
    name,
    databaseUrl: databaseUrl.href,
    cluster,
    async open(service, role = 'app') {
      const database = await openDatabase(serviceDatabaseUrl(databaseUrl.href, service, role, cluster.masterSecret))
      opened.push(database)
      return database
    },
    asAdmin: (sql) => queryAsAdmin(cluster, sql, name),
  }
}
