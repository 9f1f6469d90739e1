import { type CreateTask, type Task, taskCreated } from '@ai-crm/contracts'
import { requireMember } from '@ai-crm/platform'
import { requireOneRecord } from '../about/errors.ts'
import { requireRecord } from '../about/require-record.ts'
import type { Ctx } from '../ctx.ts'
import { planReminder } from './remind-of-task.ts'
import { taskColumns, toTask } from './task.ts'

/** For whoever makes it, unless told. Throws `severalRecords`, `recordUnknown` and `notAMember` (422). */
export async function createTask(ctx: Ctx, input: CreateTask): Promise<Task> {
  const by = ctx.rights?.userId ?? null
  const fields = { ...input, assigneeId: input.assigneeId === undefined ? by : input.assigneeId }
  const about = requireOneRecord(fields)
  return ctx.write(async ({ db, emit, enqueue }) => {
    await requireMember(ctx, db, fields.assigneeId, 'assigneeId')
    const aboutId = about && fields[about]
    if (about && aboutId) await requireRecord(ctx, db, about, aboutId)
    const row = await db
      .insertInto('task')
      .values({ ...fields, createdById: by })
      .returning(taskColumns(ctx))
      .executeTakeFirstOrThrow()
    const task = toTask(row)
    const { title, note, dueAt, remindAt, assigneeId, contactId, companyId, dealId } = task
    await emit(taskCreated({ taskId: task.id, title, note, dueAt, remindAt, assigneeId, contactId, companyId, dealId }))
    await planReminder(enqueue, task)
    return task
  })
}
