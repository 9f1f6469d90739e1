import { setTimeout as pause } from 'node:timers/promises'
import { internalExportEndpoints } from '@ai-crm/contracts'
import type { Logger } from 'pino'
import type { Ctx } from '../context.ts'
import type { Database } from '../db/database.ts'
import { kyselyFor } from '../db/kysely-for.ts'
import { isInfrastructureFailure } from '../resilience/infrastructure-failure.ts'
import { defineFailpoint } from '../failpoints/failpoint.ts'
import type { ServiceClient } from '../http/service-client.ts'
import type { JobHandler } from '../service.ts'
import { Carrier, NotWanted, type Bring } from './carrier.ts'
import { exportedTables, fileNameOf, type Exporting } from './exporting.ts'
import { exportJob } from './hear-export.ts'
import { readTable } from './read-table.ts'

const brought = defineFailpoint('export.batch-brought', 'Auth keeps a piece of an export; the service that brought it does not know; by service')

const TIMEOUT_MS = 12 * 3_600_000
/** How long auth may be away in the middle: a replica that is replaced is not. The snapshot waits that long (`openSnapshot`). */
const TRY_AGAIN_MS = [500, 1_000, 2_000, 4_000, 8_000]

export interface ExportMeans {
  readonly service: string
  readonly database: Database
  /** To auth, which keeps what is brought. */
  readonly client: ServiceClient
}

/** Reads the organisation as it is at one moment and brings it to auth. Killed, it begins anew, with another moment. */
export const exportHandler = (exporting: Exporting, means: ExportMeans): JobHandler => ({
  ...exportJob,
  timeoutMs: TIMEOUT_MS,
  concurrency: 1,
  async handle(ctx: Ctx, { exportId }: { exportId: string }) {
    const call = { organizationId: ctx.organizationId, correlationId: ctx.correlationId, signal: ctx.signal }
    const { run } = await means.client.call(internalExportEndpoints.beginExportPart, { body: { exportId } }, call)
    if (run === null) return ctx.log.info({ exportId }, 'an export is not wanted any more')
    const bring: Bring = (batch) =>
      withPatience(ctx, async () => {
        const answer = await means.client.call(internalExportEndpoints.keepExportBatch, { body: { exportId, run, ...batch } }, call)
        brought(means.service)
        return answer.isWanted
      })
    try {
      await bringAll(exporting, means.database, ctx, new Carrier(bring))
    } catch (error) {
      if (!(error instanceof NotWanted)) throw error
      ctx.log.info({ exportId }, 'an export was stopped')
    }
  },
})

async function bringAll(exporting: Exporting, database: Database, ctx: Pick<Ctx, 'organizationId' | 'signal'>, carrier: Carrier): Promise<void> {
  const snapshot = database.snapshot(ctx)
  const db = kyselyFor<unknown>((statement) => {
    ctx.signal.throwIfAborted()
    return snapshot.query(statement)
  })
  try {
    for (const [table, told] of exportedTables(exporting)) {
      let rowCount = 0
      const lines = async function* () {
        for await (const page of readTable(db, table, told)) {
          rowCount += page.rowCount
          carrier.countRows(page.rowCount)
          yield Buffer.from(page.text)
        }
      }
      await carrier.file(fileNameOf(table), lines(), () => rowCount)
    }
    // The declaration has bound its files to the tables of this database.
    const files = exporting.files?.(db as never) ?? []
    for await (const { name, blocks } of files) await carrier.file(name, blocks, () => null)
    await carrier.finish()
  } finally {
    await snapshot.rollback()
  }
}

/** What is brought twice is kept once (`batch`): so what may have been lost on the way is brought again. */
async function withPatience<Result>({ signal, log }: { signal: AbortSignal; log: Logger }, work: () => Promise<Result>): Promise<Result> {
  for (const waitMs of TRY_AGAIN_MS) {
    try {
      return await work()
    } catch (error) {
      if (!isInfrastructureFailure(error)) throw error
      log.debug({ err: error }, 'auth took nothing; again in a moment')
      await pause(waitMs, undefined, { signal })
    }
  }
  return work()
}
