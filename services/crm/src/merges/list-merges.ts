import type { Merge, MergeRecord, PageQuery } from '@ai-crm/contracts'
import { decodeCursor, encodeCursor } from '@ai-crm/platform'
import { sql } from 'kysely'
import type { Ctx } from '../ctx.ts'
import { mergesOf, toMerge } from './merge.ts'

/** Merges whose survivor whoever asks may see, newest first; of one record, those into it. */
export async function listMerges(
  ctx: Ctx,
  record: MergeRecord,
  page: PageQuery,
  recordId: string | null,
): Promise<{ items: Merge[]; nextCursor: string | null }> {
  const kind = `merges/${record}/${recordId ?? ''}`
  const after = page.cursor === undefined ? null : decodeCursor(ctx, kind, page.cursor)
  const rows = await mergesOf(ctx, ctx.db, record)
    .$if(recordId !== null, (query) => query.where(sql<boolean>`record_merge.survivor_id = ${recordId}`))
    .$if(after !== null, (query) => query.where(sql<boolean>`(record_merge.merged_at, record_merge.id) < (${sql.join(after ?? [])})`))
    .orderBy('recordMerge.mergedAt', 'desc')
    .orderBy('recordMerge.id', 'desc')
    .limit(page.limit + 1)
    .execute()
  const items = rows.slice(0, page.limit).map(toMerge)
  const last = rows.length > page.limit ? items.at(-1) : undefined
  return { items, nextCursor: last ? encodeCursor(ctx, kind, [last.mergedAt, last.id]) : null }
}
