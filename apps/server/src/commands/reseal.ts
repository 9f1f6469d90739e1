/**
 * `npm run reseal`: seals with MASTER_SECRET what OTHER_MASTER_SECRET sealed, while everything runs (docs/guides/secrets.md). Interrupted
 * it has done a part of it; run it again. On the embedded PostgreSQL the program has to be stopped.
 */
import { SERVICE_NAMES, type ServiceName } from '@ai-crm/contracts'
import { createLogger, reseal, type PublicCtx, type SealedColumn } from '@ai-crm/platform'
import { loadServices } from '../catalog.ts'
import { readProcessConfig } from '../config.ts'
import { besideServices, inService } from './beside-services.ts'
import { everybodyIn } from './everybody.ts'

const config = readProcessConfig()
const log = createLogger({ level: config.LOG_LEVEL, isPretty: process.stdout.isTTY })
const services = (await loadServices(SERVICE_NAMES)).filter(({ migrations }) => migrations)
let lost = 0
await besideServices({ config, services, log, farewell: 'Stopped; what was sealed anew stays so.' }, async (beside) => {
  const { signal } = beside
  const everybody = await everybodyIn(beside.postgres, services, log, signal)
  for (const definition of services) {
    const { sealed } = definition
    if (!sealed) continue
    await inService(beside, definition, async ({ runtime }) => {
      const ctx = runtime.publicCtx({ signal, log })
      for (const column of sealed) await resealColumn(ctx, definition.name, column, everybody)
    })
  }
})
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
