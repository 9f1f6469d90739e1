import { ImportSettings, type Import } from '@ai-crm/contracts'
import type { Job } from '@ai-crm/platform'
import { z } from 'zod'
import type { Ctx } from '../ctx.ts'
import { fieldsOf } from '../fields/field.ts'
import { draftRows } from '../import-reading/read-in-thread.ts'
import { askedBy, storedRights } from '../operations/operation-rights.ts'
import { progressOf, refuseFile, settle } from './import-steps.ts'
import { checkSettings } from './check-settings.ts'
import { wrongState } from './errors.ts'
import { withFile } from './fetch-file.ts'
import { forecastOf } from './import-kinds.ts'
import { lockImport, readImport } from './import.ts'
import { knownPeople } from './known-people.ts'
import { knownStages } from './known-stages.ts'

export const checkImportJob: Job<{ importId: string }> = { name: 'crm.check-import', payload: z.object({ importId: z.uuid() }) }

/** Throws 404, `wrongState` (409), and what checkSettings throws. */
export async function checkImport(ctx: Ctx, importId: string, settings: ImportSettings): Promise<Import> {
  return ctx.write(async ({ db, enqueue }) => {
    const { state, analysis } = await lockImport(ctx, db, importId)
    if (!analysis || (state !== 'mapping' && state !== 'checked')) throw wrongState(state)
    await checkSettings(ctx, db, analysis, settings, await fieldsOf(db, settings.record))
    const rights = storedRights(ctx)
    const ownerId = settings.ownerId === undefined ? (ctx.rights?.userId ?? null) : settings.ownerId
    await db
      .updateTable('import')
      .set({
        state: 'checking',
        settings: JSON.stringify({ ...settings, ownerId }),
        rights: rights && JSON.stringify(rights),
        forecast: null,
        seen: 0,
        readPercent: 0,
      })
      .where('id', '=', importId)
      .execute()
    await enqueue(checkImportJob, { importId }, { key: importId })
    return readImport(ctx, db, importId)
  })
}

/** Goes through the whole file and finds out what would happen; changes nothing. */
export async function check(ctx: Ctx, { importId }: { importId: string }): Promise<void> {
  const row = await ctx.db.selectFrom('import').select(['state', 'reading', 'analysis', 'settings', 'rights']).where('id', '=', importId).executeTakeFirst()
  if (row?.state !== 'checking' || !row.analysis || !row.settings) return
  const { analysis, reading } = row
  const settings = ImportSettings.parse(row.settings)
  const asker = askedBy(ctx, row.rights)
  const forecast = forecastOf(asker, settings)
  const tell = progressOf(ctx, importId)
  try {
    const [fields, people, stages] = await Promise.all([fieldsOf(ctx.db, settings.record), knownPeople(ctx.db), knownStages(ctx.db)])
    await withFile(ctx, importId, async (path) => {
      const task = { path, reading, settings, fields, people, stages, width: analysis.columns.length, after: 0 }
      for await (const rows of draftRows(task, ctx.signal, (share) => tell(forecast.told.rows, share))) await ctx.write(({ db }) => forecast.add(db, rows))
    })
    await settle(ctx, importId, 'checking', { state: 'checked', forecast: JSON.stringify(forecast.told), seen: forecast.told.rows })
  } catch (error) {
    await refuseFile(ctx, importId, 'checking', error)
  }
}
