import { existsSync, readdirSync } from 'node:fs'
import type { ServiceSchema } from '@ai-crm/platform'

const SERVICES = new URL('../../../../services/', import.meta.url)

/** Every service with migrations, found by its folder: a new one is tested from its first file on. */
export function findServiceSchemas(): readonly ServiceSchema[] {
  return readdirSync(SERVICES)
    .map((name) => ({ name, migrations: new URL(`${name}/migrations/`, SERVICES) }))
    .filter(({ migrations }) => existsSync(migrations))
}
