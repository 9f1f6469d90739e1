import type { Job } from '@ai-crm/platform'
import { z } from 'zod'
import type { Ctx } from '../ctx.ts'
import { changeConversation } from './change-conversation.ts'

const BATCH = 100

/** What somebody who left was to answer, and whose it is now; runs `handOver`. */
export const handOverConversations: Job<{ from: string; to: string | null }> = {
  name: 'messaging.hand-over-conversations',
  payload: z.object({ from: z.uuid(), to: z.uuid().nullable() }),
}

/** Gives every conversation of `from` to `to`, each with its event, in batches: a crash goes on where it was. */
export async function handOver(ctx: Ctx, { from, to }: { from: string; to: string | null }): Promise<void> {
  for (let moved = BATCH; moved === BATCH && !ctx.signal.aborted;) moved = await moveSome(ctx, from, to)
}

async function moveSome(ctx: Ctx, from: string, to: string | null): Promise<number> {
  return ctx.write(async (scope) => {
    const rows = await scope.db
      .selectFrom('conversation')
      .select(['id', 'status', 'assigneeId', 'snoozedUntil', 'version'])
      .where('assigneeId', '=', from)
      .orderBy('id')
      .limit(BATCH)
      .forUpdate()
      .execute()
    for (const row of rows) await changeConversation(scope, row, { status: row.status, assigneeId: to, snoozedUntil: row.snoozedUntil })
    return rows.length
  })
}
