import { organizationsOf, RelayConnection, type ServiceDefinition } from '@ai-crm/platform'
import type { Logger } from 'pino'
import type { OpenedPostgres } from '../database.ts'
import { connected } from './connected.ts'

/** Organisations of which anything ever happened in any of the services: one may keep something of whom it has nothing to tell. */
export async function everybodyIn(
  postgres: Pick<OpenedPostgres, 'login'>,
  services: readonly ServiceDefinition[],
  log: Logger,
  signal: AbortSignal,
): Promise<ReadonlySet<string>> {
  const found = new Set<string>()
  for (const { name } of services) {
    const connection = new RelayConnection({ service: name, login: postgres.login(name, 'relay'), log })
    try {
      await connected(connection, signal)
      for await (const organizationId of organizationsOf(connection)) found.add(organizationId)
    } finally {
      await connection.close()
    }
  }
  return found
}
