import type { PageQuery, PersonErasure } from '@ai-crm/contracts'
import { decodeCursor, encodeCursor } from '@ai-crm/platform'
import type { Ctx } from '../ctx.ts'
import { ERASURE_COLUMNS, toPersonErasure } from './person-erasure.ts'

const KIND = 'person-erasures'

/** Newest first: ids rise with time. */
export async function listErasures(ctx: Ctx, { limit, cursor }: PageQuery): Promise<{ items: PersonErasure[]; nextCursor: string | null }> {
  const [after] = cursor === undefined ? [] : decodeCursor(ctx, KIND, cursor)
  const rows = await ctx.db
    .selectFrom('personErasure')
    .select(ERASURE_COLUMNS)
    .$if(after !== undefined, (page) => page.where('id', '<', String(after)))
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  const items = rows.slice(0, limit).map(toPersonErasure)
  const last = rows.length > limit ? items.at(-1) : undefined
  return { items, nextCursor: last ? encodeCursor(ctx, KIND, [last.id]) : null }
}
