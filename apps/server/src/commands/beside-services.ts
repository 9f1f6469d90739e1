import { createFlags, FlagStore, openService, type Adapters, type OpenedService, type ServiceDefinition } from '@ai-crm/platform'
import type { Logger } from 'pino'
import { openAdapters } from '../adapters.ts'
import { environment, type ProcessConfig } from '../config.ts'
import { openPostgres, type OpenedPostgres } from '../database.ts'
import { masterSecretsOf } from '../secrets.ts'

/** What a command of the operator works with, beside whatever runs: nothing is listened to, and no job begins. */
export interface Beside {
  readonly postgres: OpenedPostgres
  readonly adapters: Adapters
  readonly log: Logger
  /** Aborted when somebody stops the command. */
  readonly signal: AbortSignal
  /** Closed by whoever opens it. */
  open(definition: ServiceDefinition): Promise<OpenedService>
}

interface Wish {
  readonly config: ProcessConfig
  /** Whose databases are opened, and brought up to date where the command may. */
  readonly services: readonly ServiceDefinition[]
  readonly log: Logger
  /** What whoever stops it is told of what was done by then. */
  readonly farewell: string
}

/** Opens it, does the work, and closes it, however the work ends. */
export async function besideServices({ config, services, log, farewell }: Wish, work: (beside: Beside) => Promise<void>): Promise<void> {
  const stopping = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort(new Error(farewell)))
  const secrets = await masterSecretsOf(config)
  const postgres = await openPostgres(config, secrets, services, log)
  const adapters = await openAdapters(config, log)
  const flags = await createFlags(new FlagStore({ ...adapters, log }))
  const open = (definition: ServiceDefinition) => {
    const databaseLogin = (role: 'app' | 'relay') => postgres.login(definition.name, role)
    return openService({ definition, environment: environment(), adapters, flags, ...secrets, log, databaseLogin })
  }
  try {
    await work({ postgres, adapters, log, signal: stopping.signal, open })
  } finally {
    await flags.stop()
    await adapters.close()
    await postgres.stop()
  }
}

/** The same with one of the services, which is closed again. */
export async function inService({ open }: Pick<Beside, 'open'>, definition: ServiceDefinition, work: (service: OpenedService) => Promise<void>): Promise<void> {
  const service = await open(definition)
  try {
    await work(service)
  } finally {
    await service.close()
  }
}
