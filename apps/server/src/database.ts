import type { ServiceName } from '@ai-crm/contracts'
import {
  prepareDatabase,
  serviceLogin,
  startEmbeddedPostgres,
  type ConnectionSettings,
  type MasterSecrets,
  type ServiceDefinition,
  type ServiceSchema,
} from '@ai-crm/platform'
import { join } from 'node:path'
import type { Logger } from 'pino'
import type { ProcessConfig } from './config.ts'

export interface OpenedPostgres {
  /** How a service logs in as one of its roles. */
  login(service: ServiceName, role: 'app' | 'relay'): ConnectionSettings
  stop(): Promise<void>
}

const EMBEDDED_DATABASE = 'ai_crm'

/**
 * PostgreSQL by URL where one is given, else the embedded server. Roles, schemas and migrations are brought up to
 * date wherever an administrator's account is at hand: always on the embedded server.
 */
export async function openPostgres(
  config: ProcessConfig,
  secrets: MasterSecrets,
  services: readonly ServiceDefinition[],
  log: Logger,
): Promise<OpenedPostgres> {
  const embedded = config.DATABASE_URL ? null : await startEmbeddedPostgres({ dataDir: join(config.DATA_DIR, 'postgres'), log })
  const adminUrl = embedded?.superuserUrl ?? config.DATABASE_ADMIN_URL
  const database = config.DATABASE_URL ? databaseOf(config.DATABASE_URL) : EMBEDDED_DATABASE
  const prepared = adminUrl ? await prepareDatabase({ adminUrl, database, services: schemasOf(services), masterSecret: secrets.masterSecret }) : null
  if (prepared && prepared.applied.length > 0) log.info({ count: prepared.applied.length }, 'the database was brought up to date')
  const databaseUrl = config.DATABASE_URL ?? prepared?.databaseUrl
  if (!databaseUrl) throw new Error('There is no database.')
  return {
    login: (service, role) => serviceLogin(databaseUrl, service, role, secrets),
    stop: async () => embedded?.stop(),
  }
}

/** Name of the database in a URL. */
export const databaseOf = (url: string): string => decodeURIComponent(new URL(url).pathname.slice(1)) || 'postgres'

/** The services that own a schema. */
export const schemasOf = (services: readonly ServiceDefinition[]): readonly ServiceSchema[] =>
  services.flatMap(({ name, migrations }) => (migrations ? [{ name, migrations }] : []))
