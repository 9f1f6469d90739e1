/**
 * `npm run migrate`: brings roles, schemas and tables of every service up to date, with DATABASE_ADMIN_URL.
 * Safe to run at any time and from several machines at once: an advisory lock lets one do the work.
 */
import { SERVICE_NAMES } from '@ai-crm/contracts'
import { prepareDatabase } from '@ai-crm/platform'
import { loadServices } from '../catalog.ts'
import { readProcessConfig } from '../config.ts'
import { databaseOf, schemasOf } from '../database.ts'
import { masterSecretsOf } from '../secrets.ts'

const config = readProcessConfig()
if (!config.DATABASE_ADMIN_URL || !config.DATABASE_URL)
  throw new Error('migrate needs DATABASE_URL and DATABASE_ADMIN_URL. The embedded PostgreSQL is migrated at each start.')

const { applied } = await prepareDatabase({
  adminUrl: config.DATABASE_ADMIN_URL,
  database: databaseOf(config.DATABASE_URL),
  services: schemasOf(await loadServices(SERVICE_NAMES)),
  masterSecret: (await masterSecretsOf(config)).masterSecret,
})
process.stdout.write(applied.length > 0 ? `${applied.map((name) => `applied  ${name}`).join('\n')}\n` : 'Everything is up to date.\n')
