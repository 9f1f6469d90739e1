import type { CreateTask, Task } from '@ai-crm/contracts'
import { requireMember } from '@ai-crm/platform'
import { requireOneRecord } from '../about/errors.ts'
import { requireRecord } from '../about/require-record.ts'
import type { Ctx } from '../ctx.ts'
import { createdEvent } from './created-event.ts'
import { repeatWithoutDue } from './errors.ts'
import { repeatOf } from './next-due.ts'
import { planReminder } from './remind-of-task.ts'
import { taskColumns, toTask } from './task.ts'

/** For whoever makes it, unless told. Throws `severalRecords`, `recordUnknown`, `repeatWithoutDue` and `notAMember` (422). */
export async function createTask(ctx: Ctx, input: CreateTask): Promise<Task> {
  const by = ctx.rights?.userId ?? null
  if (input.repeats && input.dueAt === null) throw repeatWithoutDue()
  const repeats = input.repeats && input.dueAt !== null ? repeatOf(input.repeats, input.dueAt) : null
  const fields = { ...input, repeats, assigneeId: input.assigneeId === undefined ? by : input.assigneeId }
  const about = requireOneRecord(fields)
  return ctx.write(async ({ db, emit, enqueue }) => {
    await requireMember(ctx, db, fields.assigneeId, 'assigneeId')
    const aboutId = about && fields[about]
    if (about && aboutId) await requireRecord(ctx, db, about, aboutId)
    const row = await db
      .insertInto('task')
      .values({ ...fields, repeats: repeats && JSON.stringify(repeats), createdById: by })
      .returning(taskColumns(ctx))
      .executeTakeFirstOrThrow()
    const task = toTask(row)
    await emit(createdEvent(task))
    await planReminder(enqueue, task)
    return task
  })
}
