import { chunksIn, IMPORT_RECORDS, ImportSettings, type Import, type ImportAnalysis, type ImportReading, type ImportRecord } from '@ai-crm/contracts'
import type { Job } from '@ai-crm/platform'
import { z } from 'zod'
import type { Ctx } from '../ctx.ts'
import { fieldsOf } from '../fields/field.ts'
import { guessFields } from '../import-reading/guess-fields.ts'
import type { FoundAnalysis } from '../import-reading/analyse-table.ts'
import { analyseFile } from '../import-reading/read-in-thread.ts'
import { fileIncomplete, wrongState } from './errors.ts'
import { withFile } from './fetch-file.ts'
import { lockImport, readImport } from './import.ts'
import { requireClean } from './scan-import.ts'
import { progressOf, refuseFile, settle } from './import-steps.ts'

export const analyseImportJob: Job<{ importId: string }> = { name: 'crm.analyse-import', payload: z.object({ importId: z.uuid() }) }

/** Begins to read the file, or begins anew where it was read wrongly. Throws 404, `fileIncomplete`, `wrongState` (409). */
export async function analyseImport(ctx: Ctx, importId: string, reading: ImportReading): Promise<Import> {
  return ctx.write(async ({ db, enqueue }) => {
    const { state, chunks, sizeBytes } = await lockImport(ctx, db, importId)
    if (state === 'started' || state === 'checking') throw wrongState(state)
    if (chunks < chunksIn(sizeBytes)) throw fileIncomplete()
    await db
      .updateTable('import')
      .set({ state: 'analysing', reading: JSON.stringify(reading), analysis: null, settings: null, forecast: null, problem: null, seen: 0, readPercent: 0 })
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
    const { analysis, signature } = await withFile(ctx, importId, async (path) => {
      await requireClean(ctx, path)
      return analyseFile(path, row.reading, ctx.signal, tell)
    })
    const { guesses, settings, isRemembered } = await guess(ctx, analysis, signature, row.createdById)
    const { record: _record, ...told } = analysis
    const found = { ...told, guesses, isRemembered } satisfies ImportAnalysis
    await settle(ctx, importId, 'analysing', {
      state: 'mapping',
      analysis: JSON.stringify(found),
      settings: JSON.stringify(settings),
      signature,
      seen: analysis.rows,
    })
  } catch (error) {
    await refuseFile(ctx, importId, 'analysing', error)
  }
}

/** As whoever brings it has imported the last file with these headings; else by what headings and values look like. */
async function guess(ctx: Ctx, { columns, preset, record }: FoundAnalysis, signature: string, createdById: string | null) {
  const fieldsOfAll = await Promise.all(IMPORT_RECORDS.map((of) => fieldsOf(ctx.db, of)))
  const custom = fieldsOfAll.flat().filter(({ formula }) => formula === null)
  const guessed = (of: ImportRecord) =>
    guessFields(
      columns,
      preset,
      of,
      custom.filter((field) => field.record === of),
    )
  const guesses = { contact: guessed('contact'), company: guessed('company'), deal: guessed('deal') }
  const last = await ctx.db
    .selectFrom('import')
    .select('settings')
    .where('signature', '=', signature)
    .where('createdById', '=', createdById)
    .where('state', '=', 'started')
    .where('settings', 'is not', null)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  const usable = (field: string | null) => field === null || !field.startsWith('custom.') || custom.some(({ id }) => field === `custom.${id}`)
  if (!last?.settings?.fields.every(usable)) return { guesses, settings: ImportSettings.parse({ record, fields: guesses[record] }), isRemembered: false }
  // What was mended, whose they became and how they were marked belonged to that file.
  const { fields, dates, country, currency, policy, makesCompanies, record: held } = ImportSettings.parse(last.settings)
  return { guesses, settings: ImportSettings.parse({ record: held, fields, dates, country, currency, policy, makesCompanies }), isRemembered: true }
}
