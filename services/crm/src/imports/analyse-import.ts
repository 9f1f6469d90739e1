import { chunksIn, type Import, type ImportAnalysis, type ImportReading, type ImportSettings } from '@ai-crm/contracts'
import type { Job } from '@ai-crm/platform'
import { z } from 'zod'
import type { Ctx } from '../ctx.ts'
import { fieldsOf } from '../fields/field.ts'
import { guessFields } from '../import-reading/guess-fields.ts'
import { FileProblem } from '../import-reading/file-problem.ts'
import { analyseFile } from '../import-reading/read-in-thread.ts'
import { fileIncomplete, wrongState } from './errors.ts'
import { withFile } from './fetch-file.ts'
import { lockImport, readImport } from './import.ts'

export const analyseImportJob: Job<{ importId: string }> = { name: 'crm.analyse-import', payload: z.object({ importId: z.uuid() }) }

/** Begins to read the file, or begins anew where it was read wrongly. Throws 404, `fileIncomplete`, `wrongState` (409). */
export async function analyseImport(ctx: Ctx, importId: string, reading: ImportReading): Promise<Import> {
  return ctx.write(async ({ db, enqueue }) => {
    const { state, chunks, sizeBytes } = await lockImport(ctx, db, importId)
    if (state === 'started' || state === 'checking') throw wrongState(state)
    if (chunks < chunksIn(sizeBytes)) throw fileIncomplete()
    await db
      .updateTable('import')
      .set({ state: 'analysing', reading: JSON.stringify(reading), analysis: null, settings: null, forecast: null, problem: null, seen: 0 })
      .where('id', '=', importId)
      .execute()
    await enqueue(analyseImportJob, { importId }, { key: importId })
    return readImport(ctx, db, importId)
  })
}

/** Reads the file to its end and notes what its columns are likely to be. */
export async function analyse(ctx: Ctx, { importId }: { importId: string }): Promise<void> {
  const row = await ctx.db.selectFrom('import').select(['state', 'reading', 'createdById']).where('id', '=', importId).executeTakeFirst()
  if (row?.state !== 'analysing') return
  try {
    const tell = progressOf(ctx, importId)
    const { analysis, signature } = await withFile(ctx, importId, (path) => analyseFile(path, row.reading, ctx.signal, tell))
    const { settings, isRemembered } = await guess(ctx, analysis, signature)
    const found = { ...analysis, isRemembered } satisfies ImportAnalysis
    await settle(ctx, importId, 'analysing', {
      state: 'mapping',
      analysis: JSON.stringify(found),
      settings: JSON.stringify(settings),
      signature,
      seen: analysis.rows,
    })
  } catch (error) {
    if (!(error instanceof FileProblem)) throw error
    await settle(ctx, importId, 'analysing', { state: 'refused', problem: JSON.stringify(error.problem) })
  }
}

/** Changes an import that is still where the job found it: one that was begun anew has a job of its own. */
export async function settle(ctx: Ctx, importId: string, from: 'analysing' | 'checking', values: Record<string, unknown>): Promise<void> {
  await ctx.write(async ({ db }) => void (await db.updateTable('import').set(values).where('id', '=', importId).where('state', '=', from).execute()))
}

/** Tells at most once a second how many rows were looked at. */
export function progressOf(ctx: Ctx, importId: string): (rows: number) => void {
  let next = performance.now() + 500
  return (rows) => {
    if (performance.now() < next) return
    next = performance.now() + 1_000
    ctx
      .write(async ({ db }) => void (await db.updateTable('import').set({ seen: rows }).where('id', '=', importId).execute()))
      .catch((error: unknown) => ctx.log.debug({ err: error }, 'progress was not noted'))
  }
}

/** As the last file with these headings was imported in this organisation; else by what headings and values look like. */
async function guess(ctx: Ctx, { columns, preset }: Omit<ImportAnalysis, 'isRemembered'>, signature: string) {
  const custom = (await fieldsOf(ctx.db, 'contact')).filter(({ kind }) => kind !== 'relation')
  const last = await ctx.db
    .selectFrom('import')
    .select('settings')
    .where('signature', '=', signature)
    .where('state', '=', 'started')
    .where('settings', 'is not', null)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  const remembered = last?.settings
  const usable = (field: string | null) => field === null || !field.startsWith('custom.') || custom.some(({ id }) => field === `custom.${id}`)
  if (remembered && remembered.fields.every(usable)) return { settings: remembered, isRemembered: true }
  const settings: ImportSettings = {
    fields: guessFields(columns, preset, custom),
    replacements: [],
    dates: 'dmy',
    country: null,
    policy: 'skip',
    language: 'en',
    tagIds: [],
    makesCompanies: true,
  }
  return { settings, isRemembered: false }
}
