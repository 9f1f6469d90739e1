import { taskUpdated } from '@ai-crm/contracts'
import { sql } from 'kysely'
import type { Ctx } from '../ctx.ts'
import { handOverJob, type HandOver } from '../members/hand-over.ts'

const BATCH = 100

/** What somebody who left was to do, and who does it now; runs `handOverTasks`. */
export const handOverTasksOf = handOverJob('crm.hand-over-tasks')

/** Only what is still to be done: who did something stays. In batches, each with its event: a crash goes on where it was. */
export async function handOverTasks(ctx: Ctx, move: HandOver): Promise<void> {
  for (let moved = BATCH; moved === BATCH && !ctx.signal.aborted;) moved = await moveSome(ctx, move)
}

async function moveSome(ctx: Ctx, { from, to }: HandOver): Promise<number> {
  return ctx.write(async ({ db, emit }) => {
    const moved = await db
      .updateTable('task')
      .set({ assigneeId: to, version: sql<number>`version + 1`, updatedAt: sql<Date>`date_trunc('milliseconds', now())` })
      .where('id', 'in', (eb) =>
        eb
          .selectFrom('task')
          .select('id')
          .where('assigneeId', '=', from)
          .where('doneAt', 'is', null)
          .where('deletedAt', 'is', null)
          .orderBy('id')
          .limit(BATCH)
          .forUpdate(),
      )
      .returning(['id', 'contactId', 'companyId', 'dealId'])
      .execute()
    for (const { id, ...about } of moved) await emit(taskUpdated({ taskId: id, ...about, changes: { assigneeId: { from, to } } }))
    return moved.length
  })
}
