/**
 * `npm run reseal`: seals with MASTER_SECRET what OTHER_MASTER_SECRET sealed, while everything runs (docs/guides/secrets.md). Interrupted
 * it has done a part of it; run it again. On the embedded PostgreSQL the program has to be stopped.
 */
import { SERVICE_NAMES, type ServiceName } from '@ai-crm/contracts'
import { createFlags, createLogger, FlagStore, openService, reseal, type PublicCtx, type SealedColumn } from '@ai-crm/platform'
import { openAdapters } from '../adapters.ts'
import { loadServices } from '../catalog.ts'
import { environment, readProcessConfig } from '../config.ts'
import { openPostgres } from '../database.ts'
import { masterSecretsOf } from '../secrets.ts'
import { everybodyIn } from './everybody.ts'

const config = readProcessConfig()
const log = createLogger({ level: config.LOG_LEVEL, isPretty: process.stdout.isTTY })
const stopping = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort(new Error('Stopped; what was sealed anew stays so.')))

const services = (await loadServices(SERVICE_NAMES)).filter(({ migrations }) => migrations)
const secrets = await masterSecretsOf(config)
const postgres = await openPostgres(config, secrets, services, log)
const adapters = await openAdapters(config, log)
const flags = await createFlags(new FlagStore({ ...adapters, log }))
let lost = 0
try {
  const everybody = await everybodyIn(postgres, services, log, stopping.signal)
  for (const definition of services) {
    if (!definition.sealed) continue
    const databaseLogin = (role: 'app' | 'relay') => postgres.login(definition.name, role)
    const service = await openService({ definition, environment: environment(), adapters, flags, ...secrets, log, databaseLogin })
    try {
      const ctx = service.runtime.publicCtx({ signal: stopping.signal, log })
      for (const column of definition.sealed) await resealColumn(ctx, definition.name, column, everybody)
    } finally {
      await service.close()
    }
  }
} finally {
  await flags.stop()
  await adapters.close()
  await postgres.stop()
}
const told = lost === 0 ? 'Everything opens with MASTER_SECRET alone.' : `${lost} open with neither secret: whoever sealed them knows another one.`
process.stdout.write(`${told}\n`)
process.exitCode = lost === 0 ? 0 : 1

async function resealColumn(ctx: PublicCtx, service: ServiceName, column: SealedColumn, everybody: ReadonlySet<string>): Promise<void> {
  const total = { resealed: 0, current: 0 }
  for (const organizationId of column.isOfInstallation ? [''] : everybody) {
    const within = column.isOfInstallation ? ctx : ctx.enter(organizationId, { type: 'system', id: null })
    const done = await reseal(within, column, organizationId)
    total.resealed += done.resealed
    total.current += done.current
    lost += done.lost
  }
  process.stdout.write(`${service}.${column.table}.${column.column}: ${total.resealed} sealed anew, ${total.current} were so already\n`)
}
