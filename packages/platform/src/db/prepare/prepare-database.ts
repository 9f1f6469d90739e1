import { readFileSync } from 'node:fs'
import pg from 'pg'
import type { ConnectionSettings } from '../connection-pool.ts'
import { adminConnection, roleName, serviceDatabaseUrl } from '../service-database-url.ts'
import { withClient } from './admin-client.ts'
import { type MigrationFile, readServiceMigrations, sha256 } from './migration-files.ts'
import { runMigrations } from './run-migrations.ts'
import { assertServiceName, createRolesSql, createSchemaSql, restrictDatabaseSql, rolesOf } from './service-roles.ts'

export interface ServiceSchema {
  readonly name: string
  /** Directory of the service's own `0001_….sql`. */
  readonly migrations: URL
}

export interface PrepareOptions {
  /** URL of a superuser, of any database on the server. */
  readonly adminUrl: string
  /** The database of all services; created when it is missing. */
  readonly database: string
  readonly services: readonly ServiceSchema[]
  readonly masterSecret: string
}

export interface PreparedDatabase {
  /** Address of the database without user and password: what `serviceDatabaseUrl` takes. */
  readonly databaseUrl: string
  /** `crm/0001_contact.sql`, in the order in which they ran; empty where all was up to date. */
  readonly applied: readonly string[]
}

interface Plan {
  readonly service: string
  readonly files: readonly MigrationFile[]
  /** Changes whenever the roles, the platform's functions or a migration change. */
  readonly fingerprint: string
}

const PLATFORM_SCHEMA = readFileSync(new URL('./platform-schema.sql', import.meta.url), 'utf8')
const INVALID_CATALOG_NAME = '3D000'
const UNDEFINED_TABLE = '42P01'
// Any constant: whoever prepares a database of this server waits for the other.
const PREPARE_LOCK = 7_281_150_417

/**
 * Database, roles, schemas, platform functions and migrations of the services: idempotent, under an advisory lock,
 * and one round trip when nothing is to be done.
 */
export async function prepareDatabase(options: PrepareOptions): Promise<PreparedDatabase> {
  const admin = adminConnection(options.adminUrl)
  const target = { ...admin, database: options.database }
  const plans = options.services.map((service) => planOf(service, options.masterSecret))
  const databaseUrl = urlWithoutCredentials(options.adminUrl, options.database)
  if (await isPrepared(target, plans)) return { databaseUrl, applied: [] }

  const applied = await withClient(admin, async (client) => {
    await client.query('select pg_advisory_lock($1)', [PREPARE_LOCK])
    if (await isPrepared(target, plans)) return []
    await createDatabase(client, options.database)
    await withClient(target, (inTarget) => createFoundation(inTarget, options, plans))
    return migrateAll(target, databaseUrl, plans, options.masterSecret)
  })
  return { databaseUrl, applied }
}

function planOf({ name, migrations }: ServiceSchema, masterSecret: string): Plan {
  assertServiceName(name)
  const files = readServiceMigrations(migrations)
  const parts = [PLATFORM_SCHEMA, createRolesSql(name, masterSecret), createSchemaSql(name), ...files.map((file) => file.checksum)]
  return { service: name, files, fingerprint: sha256(parts.join('\0')) }
}

/** One round trip: every service has this fingerprint here, and the roles exist (a dump can be restored without them). */
async function isPrepared(target: ConnectionSettings, plans: readonly Plan[]): Promise<boolean> {
  const roles = plans.flatMap(({ service }) => rolesOf(service))
  try {
    return await withClient(target, async (client) => {
      const { rows } = await client.query<{ service: string; fingerprint: string; roles: string }>(
        'select service, fingerprint, (select count(*) from pg_roles where rolname = any($1)) as roles from platform.prepared_service',
        [roles],
      )
      return plans.every(({ service, fingerprint }) =>
        rows.some((row) => row.service === service && row.fingerprint === fingerprint && Number(row.roles) === roles.length),
      )
    })
  } catch (error) {
    if (error instanceof pg.DatabaseError && (error.code === INVALID_CATALOG_NAME || error.code === UNDEFINED_TABLE)) return false
    throw error
  }
}

async function createDatabase(client: pg.Client, database: string): Promise<void> {
  const { rowCount } = await client.query('select from pg_database where datname = $1', [database])
  if (rowCount === 0) await client.query(`create database ${pg.escapeIdentifier(database)} encoding 'UTF8' template template0`)
}

async function createFoundation(client: pg.Client, { database, masterSecret }: PrepareOptions, plans: readonly Plan[]): Promise<void> {
  const services = plans.map(({ service }) => service)
  await client.query(`
    begin;
    do $$ begin create role platform_owner nologin; exception when duplicate_object or unique_violation then null; end $$;
    create schema if not exists platform authorization platform_owner;
    create extension if not exists pg_trgm schema platform;
    create extension if not exists btree_gin schema platform;
    create extension if not exists unaccent schema platform;
    revoke all on schema public from public;
    create table if not exists platform.prepared_service (service text primary key, fingerprint text not null, prepared_at timestamptz not null default now());
    set local role platform_owner;
    ${PLATFORM_SCHEMA}
    reset role;
    ${services.map((service) => createRolesSql(service, masterSecret)).join('\n')}
    ${services.map(createSchemaSql).join('\n')}
    ${restrictDatabaseSql(database, services)}
    commit`)
}

async function migrateAll(target: ConnectionSettings, databaseUrl: string, plans: readonly Plan[], masterSecret: string): Promise<readonly string[]> {
  const applied: string[] = []
  for (const { service, files } of plans) {
    const migrator = serviceDatabaseUrl(databaseUrl, service, 'migrate', masterSecret)
    const names = await withClient(migrator, (client) => runMigrations(client, service, files))
    applied.push(...names.map((name) => `${service}/${name}`))
  }
  await withClient(target, (client) => recordPrepared(client, plans))
  return applied
}

async function recordPrepared(client: pg.Client, plans: readonly Plan[]): Promise<void> {
  await client.query(
    `insert into platform.prepared_service (service, fingerprint) select * from unnest($1::text[], $2::text[])
     on conflict (service) do update set fingerprint = excluded.fingerprint, prepared_at = now()`,
    [plans.map(({ service }) => service), plans.map(({ fingerprint }) => fingerprint)],
  )
}

function urlWithoutCredentials(adminUrl: string, database: string): string {
  const url = new URL(adminUrl)
  url.username = ''
  url.password = ''
  url.pathname = `/${encodeURIComponent(database)}`
  return url.href
}

/** The role that owns a service's schema: nobody logs in as it. */
export const ownerOf = (service: string): string => roleName(service, 'owner')
