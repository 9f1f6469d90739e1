import { Instant, taskReminded, type Task } from '@ai-crm/contracts'
import type { Job } from '@ai-crm/platform'
import { sql } from 'kysely'
import { z } from 'zod'
import type { Ctx, Scope } from '../ctx.ts'

interface Reminder {
  taskId: string
  /** As the task had it when this was planned: another time has a reminder of its own. */
  remindAt: string
}

/** At the time at which somebody wants to be reminded; runs `remindOfTask`. */
const reminder: Job<Reminder> = { name: 'crm.remind-of-task', payload: z.object({ taskId: z.uuid(), remindAt: Instant }) }

/** In the transaction that changes the task. A reminder that waits is replaced; one that is not wanted any more finds that out itself. */
export async function planReminder(enqueue: Scope['enqueue'], { id, remindAt, doneAt, remindedAt }: Task): Promise<void> {
  if (remindAt === null || doneAt !== null || remindedAt !== null) return
  await enqueue(reminder, { taskId: id, remindAt }, { key: id, runAt: new Date(remindAt) })
}

/** Tells once, and only of what is still to be done at that time. */
async function remindOfTask(ctx: Ctx, { taskId, remindAt }: Reminder): Promise<void> {
  await ctx.write(async ({ db, emit }) => {
    const task = await db
      .updateTable('task')
      .set({ remindedAt: sql<Date>`date_trunc('milliseconds', now())` })
      .where('id', '=', taskId)
      .where('remindAt', '=', new Date(remindAt))
      .where('remindedAt', 'is', null)
      .where('doneAt', 'is', null)
      .where('deletedAt', 'is', null)
      .returning(['title', 'assigneeId', 'createdById', 'contactId', 'companyId', 'dealId', 'dueAt'])
      .executeTakeFirst()
    if (!task) return
    const { title, assigneeId, createdById, contactId, companyId, dealId, dueAt } = task
    const userId = assigneeId ?? createdById
    await emit(taskReminded({ reminderId: crypto.randomUUID(), taskId, title, userId, contactId, companyId, dealId, dueAt: dueAt?.toISOString() ?? null }))
  })
}

export const reminderJob = { ...reminder, handle: remindOfTask }
