/**
 * `npm run reindex`: builds the search index of Elasticsearch anew from the database, while everything runs. The one that is there
 * answers until the new one has everything; both hear what changes meanwhile. Interrupted it has changed nothing; run it again.
 */
import { SERVICE_NAMES } from '@ai-crm/contracts'
import { createFlags, createLogger, FlagStore, openService, rebuildUnderLock, RelayConnection, type Rebuilt } from '@ai-crm/platform'
import { openAdapters } from '../adapters.ts'
import { loadServices } from '../catalog.ts'
import { environment, readProcessConfig } from '../config.ts'
import { openPostgres } from '../database.ts'
import { masterSecretsOf } from '../secrets.ts'
import { connected } from './connected.ts'

/** The session of a relay that says nothing for ten seconds ends, and the lock with it. */
const SIGN_OF_LIFE_MS = 2_000

const config = readProcessConfig()
if (!config.ELASTICSEARCH_URL || !config.DATABASE_URL)
  throw new Error('reindex needs ELASTICSEARCH_URL and DATABASE_URL. On the embedded PostgreSQL the program builds its index by itself when there is none.')

const log = createLogger({ level: config.LOG_LEVEL, isPretty: process.stdout.isTTY })
const stopping = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort(new Error('Stopped; what was there goes on answering.')))

const services = (await loadServices(SERVICE_NAMES)).filter(({ searching }) => searching)
const secrets = await masterSecretsOf(config)
const postgres = await openPostgres(config, secrets, services, log)
const adapters = await openAdapters(config, log)
const flags = await createFlags(new FlagStore({ ...adapters, log }))
try {
  for (const definition of services) {
    const login = (role: 'app' | 'relay') => postgres.login(definition.name, role)
    const service = await openService({ definition, environment: environment(), adapters, flags, ...secrets, log, databaseLogin: login })
    const connection = new RelayConnection({ service: definition.name, login: login('relay'), log })
    const life = setInterval(() => void connection.query('select 1').catch(() => undefined), SIGN_OF_LIFE_MS)
    try {
      const { searching } = definition
      if (!searching || !adapters.search) continue
      await connected(connection, stopping.signal)
      const built = await rebuildUnderLock({ index: adapters.search, searching, connection }, service.runtime.publicCtx({ signal: stopping.signal, log }))
      const told = built
        ? `${built.documents} records of ${built.organizations} organisations are in ${built.generation}, which answers now.${refusals(built)}`
        : 'Somebody else is building it at this moment; nothing was done.'
      process.stdout.write(`${definition.name}: ${told}\n`)
    } finally {
      clearInterval(life)
      await connection.close()
      await service.close()
    }
  }
} finally {
  await flags.stop()
  await adapters.close()
  await postgres.stop()
}

function refusals({ refused }: Rebuilt): string {
  return refused === 0 ? '' : ` Elasticsearch refused ${refused}: the log has their ids; PostgreSQL finds them only while Elasticsearch is away.`
}
