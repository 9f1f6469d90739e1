import { type DeadLetter, Envelope, type PageQuery } from '@ai-crm/contracts'
import type { Ctx } from '../context.ts'
import { decodeCursor, encodeCursor } from '../http/cursor.ts'
import { isAfter } from '../http/keyset.ts'
import type { OperationsTables } from './operations-tables.ts'

export interface DeadLetterPage {
  items: DeadLetter[]
  nextCursor: string | null
}

const CURSOR_KIND = 'platform/dead-letters'

/** Newest event first. Only those of the caller's organisation. */
export async function listDeadLetters(ctx: Ctx<OperationsTables>, { limit, cursor }: PageQuery): Promise<DeadLetterPage> {
  const after = cursor ? decodeCursor(ctx, CURSOR_KIND, cursor) : null
  const rows = await ctx.db
    .selectFrom('parkedEvent')
    .select(['consumer', 'eventId', 'attempts', 'reason', 'firstFailedAt', 'lastFailedAt', 'envelope'])
    .where('status', '=', 'dead')
    .$if(after !== null, (query) =>
      query.where((eb) =>
        isAfter(
          [
            { column: eb.ref('eventId'), direction: 'desc' },
            { column: eb.ref('consumer'), direction: 'desc' },
          ],
          after ?? [],
        ),
      ),
    )
    .orderBy('eventId', 'desc')
    .orderBy('consumer', 'desc')
    .limit(limit + 1)
    .execute()
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    items: page.map((row) => ({
      ...row,
      envelope: Envelope.parse(row.envelope),
      firstFailedAt: row.firstFailedAt.toISOString(),
      lastFailedAt: row.lastFailedAt.toISOString(),
    })),
    nextCursor: rows.length > limit && last ? encodeCursor(ctx, CURSOR_KIND, [last.eventId, last.consumer]) : null,
  }
}
