import { ImportSettings, type Import, type ImportAnalysis, type ImportProblem } from '@ai-crm/contracts'
import { isPassingFailure, isUniqueViolation, type Job } from '@ai-crm/platform'
import { z } from 'zod'
import type { Ctx, Db } from '../ctx.ts'
import { fieldsOf } from '../fields/field.ts'
import type { DraftedRow } from '../import-reading/draft.ts'
import { FileProblem } from '../import-reading/file-problem.ts'
import { draftRows, isTurnWanted } from '../import-reading/read-in-thread.ts'
import { batchCommitted } from '../operations/batch-committed.ts'
import { beginOperation } from '../operations/begin-operation.ts'
import { noteMade } from '../operations/operation-made.ts'
import { finishOperation, noteOutcomes, takeOperation } from '../operations/operation-progress.ts'
import { lastOrdinal } from '../operations/last-ordinal.ts'
import { askedBy } from '../operations/operation-rights.ts'
import { tellingOf } from '../operations/telling-many.ts'
import { checkSettings } from './check-settings.ts'
import { wrongState } from './errors.ts'
import { withFile } from './fetch-file.ts'
import type { Refusal } from './import-kind.ts'
import { batchOf } from './import-kinds.ts'
import { lockImport, readImport } from './import.ts'
import { knownPeople } from './known-people.ts'
import { knownStages } from './known-stages.ts'
import { Turn } from './turn.ts'
import { reasonText } from './words.ts'

export const runImportJob: Job<{ importId: string }> = { name: 'crm.run-import', payload: z.object({ importId: z.uuid() }) }

/** Begins what was checked, as an operation, with the rights of now. Throws 404, `wrongState` (409), and what checkSettings throws. */
export async function startImport(ctx: Ctx, importId: string): Promise<Import> {
  return ctx.write(async (scope) => {
    const { state, analysis, settings: chosen } = await lockImport(ctx, scope.db, importId)
    if (state === 'started') return readImport(ctx, scope.db, importId)
    if (state !== 'checked' || !analysis) throw wrongState(state)
    const settings = ImportSettings.parse(chosen)
    await checkSettings(ctx, scope.db, analysis, settings, await fieldsOf(scope.db, settings.record))
    const { id } = await beginOperation(ctx, scope, { kind: 'import', record: settings.record, asked: { importId }, total: analysis.rows })
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

/** Stores the file batch by batch, each in one transaction with what it did: killed, or after its turn, it goes on after the last one. */
export async function runImport(ctx: Ctx, { importId }: { importId: string }): Promise<void> {
  const row = await ctx.db
    .selectFrom('import')
    .innerJoin('operation', 'operation.id', 'import.operationId')
    .select(['import.operationId', 'import.reading', 'import.analysis', 'import.settings', 'operation.rights'])
    .where('import.id', '=', importId)
    .executeTakeFirst()
  if (!row?.operationId || !row.analysis || !row.settings) return
  const { reading, analysis, operationId } = row
  const settings = ImportSettings.parse(row.settings)
  const [asker, run] = [askedBy(ctx, row.rights), { importId, operationId, settings, analysis }]
  const [fields, people, stages, done] = await Promise.all([
    fieldsOf(ctx.db, settings.record),
    knownPeople(ctx.db),
    knownStages(ctx.db),
    lastOrdinal(ctx.db, operationId),
  ])
  try {
    await withFile(ctx, importId, async (path) => {
      const turn = new Turn()
      const rows = draftRows({ path, reading, settings, fields, people, stages, width: analysis.columns.length, after: done ?? 0 }, ctx.signal)
      for await (const batch of rows) {
        turn.begin()
        if (!(await storeAll(ctx, asker, run, batch))) return
        batchCommitted(runImportJob.name)
        if (turn.isOver(isTurnWanted())) return ctx.write(({ enqueue }) => enqueue(runImportJob, { importId }, { key: importId }))
      }
      await ctx.write(async (scope) => void (await finishOperation(scope, operationId, 'done')))
    })
  } catch (error) {
    if (!(error instanceof FileProblem)) throw error
    await breakOff(ctx, importId, error.problem)
  }
}

/** The operation has failed, and says why. */
export async function breakOff(ctx: Ctx, importId: string, problem: ImportProblem): Promise<void> {
  await ctx.write(async (scope) => {
    const row = await scope.db
      .updateTable('import')
      .set({ problem: JSON.stringify(problem) })
      .where('id', '=', importId)
      .returning('operationId')
      .executeTakeFirst()
    if (row?.operationId) await finishOperation(scope, row.operationId, 'failed')
  })
}

/** What fails as a whole is stored row by row, and what fails then is refused: no row holds up the others. False: the operation is over. */
async function storeAll(ctx: Ctx, asker: Ctx, run: Run, rows: readonly DraftedRow[]): Promise<boolean> {
  try {
    return await storeTogether(ctx, asker, run, rows)
  } catch (error) {
    if (ctx.signal.aborted || isPassingFailure(error)) throw error
    ctx.log.warn({ err: error, importId: run.importId, rows: rows.length }, 'rows of an import could not be stored together')
  }
  const [only] = rows
  if (only && rows.length === 1) return storeBatch(ctx, asker, run, [{ ...only, draft: null, complaints: [FAILED] }])
  for (const row of rows) if (!(await storeAll(ctx, asker, run, [row]))) return false
  return true
}

/** Once more where somebody has come in this moment with what a row brings: now the rows are judged with them. */
async function storeTogether(ctx: Ctx, asker: Ctx, run: Run, rows: readonly DraftedRow[]): Promise<boolean> {
  try {
    return await storeBatch(ctx, asker, run, rows)
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    return storeBatch(ctx, asker, run, rows)
  }
}

const FAILED = { code: 'crm.operation.failed', column: null, value: '' } as const

/** False: the operation is over, cancelled or begun by somebody else. */
async function storeBatch(ctx: Ctx, asker: Ctx, run: Run, rows: readonly DraftedRow[]): Promise<boolean> {
  ctx.signal.throwIfAborted()
  return ctx.write(async (scope) => {
    const { db } = scope
    if (!(await takeOperation(db, run.operationId))) return false
    const emitAll = tellingOf(scope, run.analysis.rows)
    const { outcomes, refusals, made } = await batchOf({ asker, scope: { ...scope, emitAll }, settings: run.settings }).store(rows)
    await noteOutcomes(ctx, scope, run.operationId, outcomes)
    await noteRefusals(db, run, refusals)
    await noteMade(db, run.operationId, made)
    return true
  })
}

async function noteRefusals(db: Db, { importId, settings, analysis }: Run, refusals: readonly Refusal[]): Promise<void> {
  if (refusals.length === 0) return
  await db
    .insertInto('importRefusal')
    .values(refusals.map((refusal) => refusalRow(importId, settings, analysis, refusal)))
    .execute()
  await db
    .updateTable('import')
    .set(({ eb }) => ({ refused: eb('refused', '+', refusals.length) }))
    .where('id', '=', importId)
    .execute()
}

const refusalRow = (importId: string, { language }: ImportSettings, { columns }: ImportAnalysis, { row, complaint }: Refusal) => ({
  importId,
  rowNumber: row.number,
  message: reasonText(language, complaint, complaint.column === null ? undefined : columns[complaint.column]?.heading) || '?',
  cells: JSON.stringify(row.cells),
})
