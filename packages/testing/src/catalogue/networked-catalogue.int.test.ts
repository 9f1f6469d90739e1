import { openDatabase, prepareDatabase, serviceDatabaseUrl } from '@ai-crm/platform'
import { v7 } from 'uuid'
import { afterAll, describe, expect, it } from 'vitest'
import { findServiceSchemas } from '../database/service-schemas.ts'
import { queryAsAdmin } from '../database/test-cluster.ts'
import { reviewed } from '../reviewed-tables.ts'
import { findPostgres, startPostgres } from '../servers/start-postgres.ts'
import { findViolations } from './find-violations.ts'

// The machine's own server (Debian 12: PostgreSQL 15), reached by URL as in the distributed way.
describe.skipIf(!findPostgres())('on a PostgreSQL of one’s own', async () => {
  const server = await startPostgres()
  afterAll(() => server.stop())
  const masterSecret = 'the master secret of another installation'
  const options = { adminUrl: server.url, masterSecret, database: 'ai_crm', services: findServiceSchemas() }

  it('the same walls stand after preparing, and preparing again finds nothing to do', async () => {
    const { databaseUrl, applied } = await prepareDatabase(options)
    expect(applied.length).toBeGreaterThan(20)
    expect((await prepareDatabase(options)).applied).toEqual([])
    expect(await findViolations((sql) => queryAsAdmin({ adminUrl: server.url, masterSecret }, sql, 'ai_crm'), reviewed)).toEqual([])

    const crm = await openDatabase(serviceDatabaseUrl(databaseUrl, 'crm', 'app', masterSecret))
    const { rows } = await crm.read({ organizationId: v7() }, { text: 'select count(*) as count, platform.uuid_v7() as id from contact', values: [] })
    expect(rows[0]?.['count']).toBe(0)
    expect(rows[0]?.['id']).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab]/)
    await crm.close()
  })
})
