/**
 * `npm run reindex`: builds the search index of Elasticsearch anew from the database, while everything runs. The one that is there
 * answers until the new one has everything; both hear what changes meanwhile. Interrupted it has changed nothing; run it again.
 */
import { SERVICE_NAMES } from '@ai-crm/contracts'
import { createLogger, rebuildUnderLock, RelayConnection, type OpenedService, type Rebuilt, type ServiceDefinition } from '@ai-crm/platform'
import { loadServices } from '../catalog.ts'
import { readProcessConfig } from '../config.ts'
import { besideServices, inService, type Beside } from './beside-services.ts'
import { connected } from './connected.ts'

/** The session of a relay that says nothing for ten seconds ends, and the lock with it. */
const SIGN_OF_LIFE_MS = 2_000

const config = readProcessConfig()
if (!config.ELASTICSEARCH_URL || !config.DATABASE_URL)
  throw new Error('reindex needs ELASTICSEARCH_URL and DATABASE_URL. On the embedded PostgreSQL the program builds its index by itself when there is none.')

const log = createLogger({ level: config.LOG_LEVEL, isPretty: process.stdout.isTTY })
const services = (await loadServices(SERVICE_NAMES)).filter(({ searching }) => searching)
await besideServices({ config, services, log, farewell: 'Stopped; what was there goes on answering.' }, async (beside) => {
  for (const definition of services) await inService(beside, definition, (service) => reindex(beside, definition, service))
})

async function reindex({ adapters, postgres, signal }: Beside, { name, searching }: ServiceDefinition, { runtime }: OpenedService): Promise<void> {
  if (!searching || !adapters.search) return
  const connection = new RelayConnection({ service: name, login: postgres.login(name, 'relay'), log })
  const life = setInterval(() => void connection.query('select 1').catch(() => undefined), SIGN_OF_LIFE_MS)
  try {
    await connected(connection, signal)
    const built = await rebuildUnderLock({ index: adapters.search, searching, connection }, runtime.publicCtx({ signal, log }))
    const told = built
      ? `${built.documents} records of ${built.organizations} organisations are in ${built.generation}, which answers now.${refusals(built)}`
      : 'Somebody else is building it at this moment; nothing was done.'
    process.stdout.write(`${name}: ${told}\n`)
  } finally {
    clearInterval(life)
    await connection.close()
  }
}

function refusals({ refused }: Rebuilt): string {
  return refused === 0 ? '' : ` Elasticsearch refused ${refused}: the log has their ids; PostgreSQL finds them only while Elasticsearch is away.`
}
