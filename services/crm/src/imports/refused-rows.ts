import { Readable } from 'node:stream'
import { csvLine, notFound, type FileBody } from '@ai-crm/platform'
import type { Ctx } from '../ctx.ts'
import { ownImport } from './import.ts'
import { REASON_HEADING } from './words.ts'

const BATCH = 500

/** The refused rows as they stand in the file, the reason behind each; no cell can become a formula. Throws 404. */
export async function refusedRows(ctx: Ctx, importId: string): Promise<FileBody> {
  const row = await ownImport(ctx, ctx.db, importId).executeTakeFirst()
  if (!row) throw notFound('import')
  const headings = [...(row.analysis?.columns.map(({ heading }) => heading) ?? []), REASON_HEADING[row.settings?.language ?? 'en']]
  return { contentType: 'text/csv; charset=utf-8', fileName: 'refused-rows.csv', body: Readable.from(lines(ctx, importId, headings), { objectMode: false }) }
}

async function* lines(ctx: Ctx, importId: string, headings: readonly string[]): AsyncGenerator<string> {
  yield `\uFEFF${csvLine(headings)}`
  for (let after = 0; ;) {
    const rows = await ctx.db
      .selectFrom('importRefusal')
      .select(['rowNumber', 'message', 'cells'])
      .where('importId', '=', importId)
      .where('rowNumber', '>', after)
      .orderBy('rowNumber')
      .limit(BATCH)
      .execute()
    if (rows.length > 0) yield rows.map(({ cells, message }) => csvLine([...headings.slice(0, -1).map((_heading, at) => cells[at] ?? ''), message])).join('')
    const last = rows.at(-1)
    if (!last || rows.length < BATCH) return
    after = last.rowNumber
  }
}
