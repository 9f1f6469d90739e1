import type { Operation, PageQuery } from '@ai-crm/contracts'
import { decodeCursor, encodeCursor } from '@ai-crm/platform'
import type { Ctx } from '../ctx.ts'
import { OPERATION_COLUMNS, starterOf, toOperation } from './operation.ts'

/** Those of whoever asks, newest first: ids rise with time. */
export async function listOperations(ctx: Ctx, { limit, cursor }: PageQuery): Promise<{ items: Operation[]; nextCursor: string | null }> {
  const [after] = cursor === undefined ? [] : decodeCursor(ctx, KIND, cursor)
  const rows = await ctx.db
    .selectFrom('operation')
    .select(OPERATION_COLUMNS)
    .where('startedById', '=', starterOf(ctx))
    .$if(after !== undefined, (page) => page.where('id', '<', String(after)))
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  const items = rows.slice(0, limit).map(toOperation)
  const last = rows.length > limit ? items.at(-1) : undefined
  return { items, nextCursor: last ? encodeCursor(ctx, KIND, [last.id]) : null }
}

const KIND = 'operations'
