import { taskDeleted } from '@ai-crm/contracts'
import { notFound } from '@ai-crm/platform'
import { sql } from 'kysely'
import type { Ctx } from '../ctx.ts'
import { mayReach } from './task-reach.ts'

/** Takes the task out of sight; the story of what it was about keeps it. Repeated, it has no further effect. */
export async function deleteTask(ctx: Ctx, taskId: string): Promise<void> {
  await ctx.write(async ({ db, emit }) => {
    const task = await db
      .selectFrom('task')
      .select(['title', 'contactId', 'companyId', 'dealId', 'deletedAt'])
      .where('task.id', '=', taskId)
      .where(mayReach(ctx))
      .forUpdate('task')
      .executeTakeFirst()
    if (!task) throw notFound('task')
    const { deletedAt, ...named } = task
    if (deletedAt !== null) return
    await db
      .updateTable('task')
      .set({ deletedAt: sql<Date>`now()`, version: sql<number>`version + 1` })
      .where('id', '=', taskId)
      .execute()
    await emit(taskDeleted({ taskId, ...named }))
  })
}
