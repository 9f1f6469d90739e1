import { createHmac } from 'node:crypto'
import type { MasterSecrets } from '../runtime/secrets.ts'
import type { ConnectionSettings } from './connection-pool.ts'

/** Login roles of a service; `<service>_owner` owns the schema and cannot log in. */
export type ServiceRole = 'migrate' | 'app' | 'relay'

export const roleName = (service: string, role: ServiceRole | 'owner'): string => `${service}_${role}`

/** The password of a role: never stored, derived from the installation's master secret. */
export const rolePassword = (role: string, masterSecret: string): string =>
  createHmac('sha256', masterSecret).update(`postgresql role ${role}`).digest('base64url')

/**
 * Where and as whom a service connects. `baseUrl` is any URL of the database (`postgres://host:5432/ai_crm?sslmode=require`);
 * its own user and password are not used.
 */
export function serviceDatabaseUrl(baseUrl: string, service: string, role: ServiceRole, masterSecret: string): ConnectionSettings {
  const user = roleName(service, role)
  return { ...addressOf(baseUrl), user, password: rolePassword(user, masterSecret) }
}

/** The same while the master secret is exchanged: with the password that the role has until then, or from then on. */
export function serviceLogin(baseUrl: string, service: string, role: ServiceRole, { masterSecret, otherMasterSecret }: MasterSecrets): ConnectionSettings {
  const login = serviceDatabaseUrl(baseUrl, service, role, masterSecret)
  return otherMasterSecret === undefined ? login : { ...login, otherPassword: rolePassword(login.user, otherMasterSecret) }
}

/** Settings of a URL as it stands, with its own user: for administration only. */
export function adminConnection(url: string): ConnectionSettings {
  const { username, password } = new URL(url)
  return { ...addressOf(url), user: decodeURIComponent(username), password: decodeURIComponent(password) }
}

function addressOf(url: string): Omit<ConnectionSettings, 'user' | 'password'> {
  const { hostname, port, pathname, searchParams } = new URL(url)
  const sslMode = searchParams.get('sslmode') ?? 'disable'
  return {
    host: searchParams.get('host') ?? decodeURIComponent(hostname),
    port: Number(port || '5432'),
    database: decodeURIComponent(pathname.slice(1)) || 'postgres',
    ssl: sslMode !== 'disable' && sslMode !== 'prefer',
  }
}
