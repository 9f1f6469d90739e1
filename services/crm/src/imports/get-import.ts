import type { Import, PageQuery } from '@ai-crm/contracts'
import { decodeCursor, encodeCursor } from '@ai-crm/platform'
import type { Ctx } from '../ctx.ts'
import { OPERATION_COLUMNS, starterOf } from '../operations/operation.ts'
import { IMPORT_COLUMNS, readImport, toImport } from './import.ts'

export const getImport = (ctx: Ctx, importId: string): Promise<Import> => readImport(ctx, ctx.db, importId)

const KIND = 'imports'

/** Those of whoever asks, newest first: ids rise with time. Without what the file says. */
export async function listImports(ctx: Ctx, { limit, cursor }: PageQuery): Promise<{ items: Import[]; nextCursor: string | null }> {
  const [after] = cursor === undefined ? [] : decodeCursor(ctx, KIND, cursor)
  const rows = await ctx.db
    .selectFrom('import')
    .select(IMPORT_COLUMNS)
    .where('createdById', '=', starterOf(ctx))
    .$if(after !== undefined, (page) => page.where('id', '<', String(after)))
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  const shown = rows.slice(0, limit)
  const ids = shown.flatMap(({ operationId }) => operationId ?? [])
  const operations = ids.length === 0 ? [] : await ctx.db.selectFrom('operation').select(OPERATION_COLUMNS).where('id', 'in', ids).execute()
  const items = shown.map((row) =>
    toImport(
      { ...row, analysis: null, settings: null, forecast: null },
      operations.find(({ id }) => id === row.operationId),
    ),
  )
  const last = rows.length > limit ? items.at(-1) : undefined
  return { items, nextCursor: last ? encodeCursor(ctx, KIND, [last.id]) : null }
}
