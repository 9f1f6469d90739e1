import type { Envelope } from '@ai-crm/contracts'
import type { Logger } from 'pino'
import type { Adapters, Stoppable } from '../adapters.ts'
import { readConfig } from '../config.ts'
import type { ConnectionSettings } from '../db/connection-pool.ts'
import type { Database } from '../db/database.ts'
import { openDatabase } from '../db/open-database.ts'
import { operationsRoutes } from '../events/operations-routes.ts'
import { startConsumers, type RunningConsumers } from '../events/start-consumers.ts'
import { RelayConnection } from '../events/relay-connection.ts'
import type { ProcessFlags } from '../flags/flags.ts'
import { startRelay, type Relay } from '../events/relay.ts'
import { exportHandler, type ExportMeans } from '../exporting/export-part.ts'
import type { ServiceClient } from '../http/service-client.ts'
import { startJobs, type RunningJobs } from '../jobs/start-jobs.ts'
import { startSagaTimers } from '../sagas/saga-timers.ts'
import type { ServiceDefinition } from '../service.ts'
import { watchBacklog } from '../telemetry/backlog.ts'
import { sweepJob } from '../jobs/sweep-job.ts'
import { buildJob } from '../search/search-job.ts'
import { createRuntime } from './create-runtime.ts'
import { noDatabase } from './no-database.ts'
import type { MasterSecrets } from './secrets.ts'
import type { ServiceRuntime } from './runtime.ts'

export interface ServiceParts extends MasterSecrets {
  readonly definition: ServiceDefinition
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly adapters: Adapters
  readonly flags: ProcessFlags
  readonly log: Logger
  databaseLogin(role: 'app' | 'relay'): ConnectionSettings
}

/** A service with its database open, not taking work yet. */
export interface OpenedService {
  readonly runtime: ServiceRuntime
  readonly database: Database
  /** Begins with relay, consumers and jobs; stopping lets work in flight finish. `toAuth` takes what is exported. */
  begin(toAuth?: ServiceClient): Promise<Stoppable>
  /** Handles an event as if the bus had brought it. */
  deliver(envelope: Envelope): Promise<void>
  /** After everything that uses the service has stopped. */
  close(): Promise<void>
}

/** Opens one service of this process: its configuration, its database as its own role, its contexts. */
export async function openService(parts: ServiceParts): Promise<OpenedService> {
  const log = parts.log.child({ service: parts.definition.name })
  const definition = { ...parts.definition, routes: [...parts.definition.routes, ...operationsRoutes(parts.definition)] }
  const isDurable = definition.migrations !== undefined
  const database = isDurable ? await openDatabase(parts.databaseLogin('app')) : noDatabase(definition.name)
  let work: RunningWork | null = null
  const runtime = createRuntime({
    definition,
    config: readConfig(definition.config, parts.environment),
    log,
    database,
    cache: parts.adapters.cache,
    fanout: parts.adapters.fanout,
    search: parts.adapters.search ?? null,
    flags: parts.flags,
    masterSecret: parts.masterSecret,
    otherMasterSecret: parts.otherMasterSecret,
    wakeRelay: () => work?.relay.wake(),
    wakeJobs: () => work?.jobs.wake(),
  })
  return {
    runtime,
    database,
    async begin(toAuth) {
      if (isDurable) work = await startWork(runtime, parts, toAuth ? { service: definition.name, database, client: toAuth } : null)
      return { stop: async () => work?.stop() }
    },
    async deliver(envelope) {
      if (!work) throw new Error(`${definition.name} has not begun to work.`)
      await work.consumers.deliver(envelope)
    },
    close: () => database.close(),
  }
}

interface RunningWork extends Stoppable {
  readonly relay: Relay
  readonly consumers: RunningConsumers
  readonly jobs: RunningJobs
}

/** Relay, retries and jobs of a service share one direct connection of its relay role. */
async function startWork(runtime: ServiceRuntime, parts: ServiceParts, means: ExportMeans | null): Promise<RunningWork> {
  const { bus, search } = parts.adapters
  const { log, definition } = runtime
  const connection = new RelayConnection({ service: runtime.definition.name, login: parts.databaseLogin('relay'), log })
  const relay = startRelay({ connection, bus, log })
  const consumers = await startConsumers({ runtime, bus, connection })
  const exporting = definition.exporting && means ? [exportHandler(definition.exporting, means)] : []
  const building = definition.searching && search ? [buildJob({ index: search, searching: definition.searching, connection })] : []
  const sweeps = (definition.sweeps ?? []).map((sweep) => sweepJob(sweep, connection))
  const jobs = startJobs({ runtime, connection, own: [...exporting, ...building, ...sweeps] })
  const timers = startSagaTimers(runtime, connection)
  const forgetBacklog = watchBacklog(connection)
  return {
    relay,
    consumers,
    jobs,
    async stop() {
      forgetBacklog()
      await Promise.all([consumers.stop(), jobs.stop(), timers.stop()])
      await relay.stop()
      await connection.close()
    },
  }
}
