import pg from 'pg'
import { roleName, rolePassword, type ServiceRole } from '../service-database-url.ts'

const SERVICE_NAME = /^[a-z][a-z_]{0,39}$/

/** Of the roles in which services work. */
export const STATEMENT_TIMEOUT_MS = 5_000

/** `statement_timeout`, `idle_in_transaction_session_timeout`, `lock_timeout`: server-side, a client cannot forget them. */
const TIMEOUTS: Readonly<Record<ServiceRole, readonly [statement: string, idleInTransaction: string, lock: string]>> = {
  app: [`${STATEMENT_TIMEOUT_MS}ms`, '10s', '2s'],
  relay: [`${STATEMENT_TIMEOUT_MS}ms`, '10s', '2s'],
  migrate: ['10min', '30s', '5s'],
}
const LOGIN_ROLES: readonly ServiceRole[] = ['migrate', 'app', 'relay']
// NOINHERIT: a role has what was granted to itself, never by accident what a group has.
const LOGIN_ATTRIBUTES = 'login nosuperuser nobypassrls nocreatedb nocreaterole noreplication noinherit'

export function assertServiceName(service: string): void {
  if (!SERVICE_NAME.test(service)) throw new Error(`"${service}" cannot be the name of a service: ${SERVICE_NAME.source}.`)
}

export const rolesOf = (service: string): readonly string[] => [roleName(service, 'owner'), ...LOGIN_ROLES.map((role) => roleName(service, role))]

/** Idempotent SQL: the roles of a service (cluster-wide). */
export function createRolesSql(service: string, masterSecret: string): string {
  const owner = roleName(service, 'owner')
  const logins = LOGIN_ROLES.map((role) => loginRoleSql(service, role, masterSecret))
  return [createRoleOnce(owner), `alter role ${owner} nologin nosuperuser nobypassrls;`, ...logins, `grant ${owner} to ${roleName(service, 'migrate')};`].join(
    '\n',
  )
}

function loginRoleSql(service: string, role: ServiceRole, masterSecret: string): string {
  const name = roleName(service, role)
  const [statement, idle, lock] = TIMEOUTS[role]
  return `${createRoleOnce(name)}
    alter role ${name} ${LOGIN_ATTRIBUTES} password ${pg.escapeLiteral(rolePassword(name, masterSecret))};
    alter role ${name} set statement_timeout = '${statement}';
    alter role ${name} set idle_in_transaction_session_timeout = '${idle}';
    alter role ${name} set lock_timeout = '${lock}';
    alter role ${name} set timezone = 'UTC';
    alter role ${name} set search_path = ${service}, platform;`
}

/** Idempotent SQL: the schema of a service in this database and who may enter it. */
export function createSchemaSql(service: string): string {
  const users = [roleName(service, 'app'), roleName(service, 'relay')].join(', ')
  const everybody = rolesOf(service).join(', ')
  return `
    create schema if not exists ${service} authorization ${roleName(service, 'owner')};
    grant usage on schema ${service} to ${users};
    grant usage on schema platform to ${everybody};
    grant execute on all functions in schema platform to ${everybody};`
}

/** Idempotent SQL: only the services' roles may connect; nobody makes temporary tables. A copy of a database needs it again. */
export function restrictDatabaseSql(database: string, services: readonly string[]): string {
  const name = pg.escapeIdentifier(database)
  const logins = services.flatMap((service) => LOGIN_ROLES.map((role) => roleName(service, role)))
  return `revoke all on database ${name} from public;${logins.length > 0 ? ` grant connect on database ${name} to ${logins.join(', ')};` : ''}`
}

const createRoleOnce = (name: string): string => `do $$ begin create role ${name}; exception when duplicate_object or unique_violation then null; end $$;`
