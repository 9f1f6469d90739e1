import type { Task } from '@ai-crm/contracts'
import { sql } from 'kysely'
import type { Ctx } from '../ctx.ts'
import { taskColumns, toTask } from './task.ts'

const MOST = 20

/** What I am to do and was reminded of: as `task.reminded` tells, also to whoever is told of no ids over the socket. */
export async function listReminders(ctx: Ctx): Promise<{ items: Task[] }> {
  const me = ctx.rights?.userId
  if (!me) return { items: [] }
  const rows = await ctx.db
    .selectFrom('task')
    .select(taskColumns(ctx))
    .where(sql<boolean>`coalesce(task.assignee_id, task.created_by_id) = ${me}::uuid`)
    .where('task.deletedAt', 'is', null)
    .where('task.doneAt', 'is', null)
    .where('task.remindedAt', 'is not', null)
    .orderBy('task.remindedAt', 'desc')
    .limit(MOST)
    .execute()
  return { items: rows.map(toTask) }
}
