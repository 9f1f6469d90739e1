import { importInfected, type ImportProblem, type PendingEvent } from '@ai-crm/contracts'
import { isPassingFailure } from '@ai-crm/platform'
import type { Ctx } from '../ctx.ts'
import { FileProblem, InfectedFile } from '../import-reading/file-problem.ts'
import type { OnProgress } from '../import-reading/read-in-thread.ts'

type Step = 'analysing' | 'checking'

/** Changes an import that is still where the job found it, and says what is to be said of it: one that was begun anew has a job of its own. */
export async function settle(ctx: Ctx, importId: string, from: Step, values: Record<string, unknown>, ...events: readonly PendingEvent[]): Promise<void> {
  await ctx.write(async ({ db, emitAll }) => {
    const { numUpdatedRows } = await db.updateTable('import').set(values).where('id', '=', importId).where('state', '=', from).executeTakeFirstOrThrow()
    if (numUpdatedRows === 1n && events.length > 0) await emitAll(events)
  })
}

/** Tells at most once a second how many rows were looked at, and how much of the file was read. */
export function progressOf(ctx: Ctx, importId: string): OnProgress {
  let next = performance.now() + 500
  return (rows, share) => {
    if (performance.now() < next) return
    next = performance.now() + 1_000
    const told = { seen: rows, readPercent: Math.min(100, Math.round(100 * share)) }
    ctx
      .write(async ({ db }) => void (await db.updateTable('import').set(told).where('id', '=', importId).execute()))
      .catch((error: unknown) => ctx.log.debug({ err: error }, 'progress was not noted'))
  }
}

/** Where nobody knows better: what is wrong is ours, not the file's. */
export const UNREADABLE: ImportProblem = { code: 'crm.import.broken_off', message: 'The file could not be read to its end. Try again, or tell us.', line: null }

/** A file that cannot be read is refused with the reason, and so is one that would fail anew each time. Throws what passes by itself. */
export async function refuseFile(ctx: Ctx, importId: string, from: Step, error: unknown): Promise<void> {
  if (ctx.signal.aborted || isPassingFailure(error)) throw error
  if (!(error instanceof FileProblem)) ctx.log.error({ err: error, importId }, 'a file could not be read')
  const problem = JSON.stringify(error instanceof FileProblem ? error.problem : UNREADABLE)
  const events = error instanceof InfectedFile ? [importInfected({ importId, finding: error.finding })] : []
  await settle(ctx, importId, from, { state: 'refused', problem }, ...events)
}
