import type { Task } from '@ai-crm/contracts'
import { notFound } from '@ai-crm/platform'
import type { Ctx } from '../ctx.ts'
import { taskColumns, toTask } from './task.ts'
import { mayReach } from './task-reach.ts'

export async function getTask(ctx: Ctx, taskId: string): Promise<Task> {
  const row = await ctx.db
    .selectFrom('task')
    .select(taskColumns(ctx))
    .where('task.id', '=', taskId)
    .where('task.deletedAt', 'is', null)
    .where(mayReach(ctx))
    .executeTakeFirst()
  if (!row) throw notFound('task')
  return toTask(row)
}
