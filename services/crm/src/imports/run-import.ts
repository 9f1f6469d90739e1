import type { Import, ImportAnalysis, ImportSettings } from '@ai-crm/contracts'
import type { Job } from '@ai-crm/platform'
import { z } from 'zod'
import type { Ctx } from '../ctx.ts'
import { fieldsOf } from '../fields/field.ts'
import type { DraftedRow } from '../import-reading/draft.ts'
import { FileProblem } from '../import-reading/file-problem.ts'
import { draftRows } from '../import-reading/read-in-thread.ts'
import { beginOperation } from '../operations/begin-operation.ts'
import { finishOperation, noteOutcomes, takeOperation } from '../operations/operation-progress.ts'
import { askedBy } from '../operations/operation-rights.ts'
import { wrongState } from './errors.ts'
import { withFile } from './fetch-file.ts'
import { ImportBatch, type Refusal } from './import-batch.ts'
import { lockImport, readImport } from './import.ts'
import { knownPeople } from './known-people.ts'
import { reasonText } from './words.ts'

export const runImportJob: Job<{ importId: string }> = { name: 'crm.run-import', payload: z.object({ importId: z.uuid() }) }

/** Begins what was checked, as an operation. Throws 404, `wrongState` (409). */
export async function startImport(ctx: Ctx, importId: string): Promise<Import> {
  return ctx.write(async (scope) => {
    const { state, analysis } = await lockImport(ctx, scope.db, importId)
    if (state === 'started') return readImport(ctx, scope.db, importId)
    if (state !== 'checked' || !analysis) throw wrongState(state)
    const { id } = await beginOperation(ctx, scope, { kind: 'import', record: 'contact', asked: { importId }, total: analysis.rows })
    await scope.db.updateTable('import').set({ state: 'started', operationId: id }).where('id', '=', importId).execute()
    await scope.enqueue(runImportJob, { importId }, { key: importId })
    return readImport(ctx, scope.db, importId)
  })
}

interface Run {
  readonly importId: string
  readonly operationId: string
  readonly settings: ImportSettings
  readonly analysis: ImportAnalysis
}

/** Stores the file batch by batch, each in one transaction with what it did: killed, it goes on after the last one. */
export async function runImport(ctx: Ctx, { importId }: { importId: string }): Promise<void> {
  const row = await ctx.db
    .selectFrom('import')
    .select(['operationId', 'reading', 'analysis', 'settings', 'rights'])
    .where('id', '=', importId)
    .executeTakeFirst()
  if (!row?.operationId || !row.analysis || !row.settings) return
  const { reading, analysis, settings, operationId } = row
  const [asker, run] = [askedBy(ctx, row.rights), { importId, operationId, settings, analysis }]
  const [fields, people, done] = await Promise.all([fieldsOf(ctx.db, 'contact'), knownPeople(ctx.db), lastRow(ctx, operationId)])
  try {
    await withFile(ctx, importId, async (path) => {
      const rows = draftRows({ path, reading, settings, fields, people, width: analysis.columns.length, after: done }, ctx.signal)
      for await (const batch of rows) if (!(await storeBatch(ctx, asker, run, batch))) return
      await ctx.write(async (scope) => void (await finishOperation(scope, operationId, 'done')))
    })
  } catch (error) {
    if (!(error instanceof FileProblem)) throw error
    await ctx.write(async (scope) => void (await finishOperation(scope, operationId, 'failed')))
  }
}

/** The last row of the file that is done with; 0 before the first. */
async function lastRow(ctx: Ctx, operationId: string): Promise<number> {
  const row = await ctx.db
    .selectFrom('operationRecord')
    .select('ordinal')
    .where('operationId', '=', operationId)
    .orderBy('ordinal', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.ordinal ?? 0
}

/** False: the operation is over, cancelled or begun by somebody else. */
async function storeBatch(ctx: Ctx, asker: Ctx, { importId, operationId, settings, analysis }: Run, rows: readonly DraftedRow[]): Promise<boolean> {
  ctx.signal.throwIfAborted()
  return ctx.write(async ({ db, emitAll }) => {
    if (!(await takeOperation(db, operationId))) return false
    const { outcomes, refusals, events } = await new ImportBatch(asker, db, settings).store(rows)
    await noteOutcomes(db, operationId, outcomes)
    if (refusals.length > 0)
      await db
        .insertInto('importRefusal')
        .values(refusals.map((refusal) => refusalRow(importId, settings, analysis, refusal)))
        .execute()
    await emitAll(events)
    return true
  })
}

const refusalRow = (importId: string, { language }: ImportSettings, { columns }: ImportAnalysis, { row, complaint }: Refusal) => ({
  importId,
  rowNumber: row.number,
  message: reasonText(language, complaint, complaint.column === null ? undefined : columns[complaint.column]?.heading) || '?',
  cells: JSON.stringify(row.cells),
})
