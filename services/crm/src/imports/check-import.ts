import type { Import, ImportComplaint, ImportForecast, ImportSettings } from '@ai-crm/contracts'
import type { Job } from '@ai-crm/platform'
import { z } from 'zod'
import type { Ctx } from '../ctx.ts'
import { fieldsOf } from '../fields/field.ts'
import type { DraftedRow } from '../import-reading/draft.ts'
import { FileProblem } from '../import-reading/file-problem.ts'
import { draftRows } from '../import-reading/read-in-thread.ts'
import { askedBy, storedRights } from '../operations/operation-rights.ts'
import { progressOf, settle } from './analyse-import.ts'
import { checkSettings } from './check-settings.ts'
import { wrongState } from './errors.ts'
import { withFile } from './fetch-file.ts'
import { fateOf, findKnown, ownKeys, sharedKeys } from './find-known.ts'
import { lockImport, readImport } from './import.ts'
import { knownPeople } from './known-people.ts'

export const checkImportJob: Job<{ importId: string }> = { name: 'crm.check-import', payload: z.object({ importId: z.uuid() }) }

/** Throws 404, `wrongState` (409), and what checkSettings throws. */
export async function checkImport(ctx: Ctx, importId: string, settings: ImportSettings): Promise<Import> {
  return ctx.write(async ({ db, enqueue }) => {
    const { state, analysis } = await lockImport(ctx, db, importId)
    if (!analysis || (state !== 'mapping' && state !== 'checked')) throw wrongState(state)
    await checkSettings(ctx, db, analysis, settings, await fieldsOf(db, 'contact'))
    const rights = storedRights(ctx)
    const ownerId = settings.ownerId === undefined ? (ctx.rights?.userId ?? null) : settings.ownerId
    await db
      .updateTable('import')
      .set({ state: 'checking', settings: JSON.stringify({ ...settings, ownerId }), rights: rights && JSON.stringify(rights), forecast: null, seen: 0 })
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
  const { analysis, settings, reading } = row
  const asker = askedBy(ctx, row.rights)
  const forecast = new Forecast(settings)
  const tell = progressOf(ctx, importId)
  try {
    const [fields, people] = await Promise.all([fieldsOf(ctx.db, 'contact'), knownPeople(ctx.db)])
    await withFile(ctx, importId, async (path) => {
      for await (const rows of draftRows({ path, reading, settings, fields, people, width: analysis.columns.length, after: 0 }, ctx.signal)) {
        const drafts = rows.flatMap(({ draft }) => draft ?? [])
        forecast.add(rows, await findKnown(asker, ctx.db, drafts))
        tell(forecast.told.rows)
      }
    })
    await settle(ctx, importId, 'checking', { state: 'checked', forecast: JSON.stringify(forecast.told), seen: forecast.told.rows })
  } catch (error) {
    if (!(error instanceof FileProblem)) throw error
    await settle(ctx, importId, 'checking', { state: 'refused', problem: JSON.stringify(error.problem) })
  }
}

const MAX_COMPLAINTS = 100
const MAX_EXAMPLES = 20

class Forecast {
  readonly told: ImportForecast = { rows: 0, created: 0, updated: 0, skipped: 0, refused: 0, complaints: [] }
  readonly #settings: ImportSettings
  /** Addresses of contacts that rows before would make. */
  readonly #new = new Set<string>()

  constructor(settings: ImportSettings) {
    this.#settings = settings
  }

  add(rows: readonly DraftedRow[], known: Awaited<ReturnType<typeof findKnown>>): void {
    for (const row of rows) {
      this.told.rows++
      if (row.draft === null) this.#refuse(row)
      else this.#count(row, row.draft, known)
    }
  }

  #count(row: DraftedRow, draft: NonNullable<DraftedRow['draft']>, known: Awaited<ReturnType<typeof findKnown>>): void {
    const { policy } = this.#settings
    const fate = fateOf(draft, known, policy)
    if (fate.kind === 'refuse') return this.#refuse({ ...row, complaints: [{ code: fate.code, column: null, value: '' }] })
    if (fate.kind === 'update') return void this.told.updated++
    if (fate.kind === 'skip') return void this.told.skipped++
    const keys = policy === 'create' ? ownKeys(draft) : [...ownKeys(draft), ...sharedKeys(draft)]
    if (keys.some((key) => this.#new.has(key))) this.told[policy === 'skip' || policy === 'create' ? 'skipped' : 'updated']++
    else this.told.created++
    for (const key of keys) this.#new.add(key)
  }

  #refuse({ number, complaints }: DraftedRow): void {
    this.told.refused++
    for (const { code, column, value } of complaints) {
      const complaint = this.#complaintOf(code, column)
      if (!complaint) continue
      complaint.count++
      const isNew = complaint.examples.every((example) => example.value !== value)
      if (complaint.examples.length < MAX_EXAMPLES && (isNew || value === '')) complaint.examples.push({ row: number, value })
    }
  }

  #complaintOf(code: string, column: number | null): ImportComplaint | null {
    const known = this.told.complaints.find((one) => one.code === code && one.column === column)
    if (known) return known
    if (this.told.complaints.length === MAX_COMPLAINTS) return null
    const complaint = { code, column, count: 0, examples: [] }
    this.told.complaints.push(complaint)
    return complaint
  }
}
