import { type EventData, type Task, taskCompleted, taskReopened, taskUpdated, type UpdateTask } from '@ai-crm/contracts'
import { notFound, requireMember, versionConflict } from '@ai-crm/platform'
import { sql } from 'kysely'
import { ABOUT, requireOneRecord, type About } from '../about/errors.ts'
import { requireRecord } from '../about/require-record.ts'
import type { Ctx, Db } from '../ctx.ts'
import { repeatWithoutDue } from './errors.ts'
import { makeNext, takeNextBack, type Writing } from './follow-task.ts'
import { planReminder } from './remind-of-task.ts'
import { taskColumns, toTask, type TaskRow } from './task.ts'
import { mayReach } from './task-reach.ts'
import { changesBetween, settleUpdate, type TaskChanges } from './task-rules.ts'

/**
 * Changes what differs, if the row is still the version that the client has seen; without a difference nothing happens. That it is done,
 * or not any more, is told apart from the other fields and counts as a version of its own. Throws `severalRecords`, `recordUnknown`,
 * `repeatWithoutDue` and `notAMember` (422).
 */
export async function updateTask(ctx: Ctx, taskId: string, expectedVersion: number, input: UpdateTask): Promise<Task> {
  return ctx.write(async (scope) => {
    const { db, emit, enqueue } = scope
    const row = await lockTask(ctx, db, taskId)
    if (!row) throw notFound('task')
    if (row.version !== expectedVersion) throw versionConflict('task', row.version)

    const current = toTask(row)
    const changes = changesBetween(current, settleUpdate(current, input))
    const isDone = input.isDone !== undefined && input.isDone !== (current.doneAt !== null) ? input.isDone : null
    const hasChanges = Object.keys(changes).length > 0
    if (!hasChanges && isDone === null) return current
    await requireSound(ctx, db, current, changes)

    const changed = await db
      .updateTable('task')
      .set({
        ...newValues(changes),
        ...(changes.remindAt ? { remindedAt: null } : {}),
        ...(isDone === null ? {} : { doneAt: isDone ? sql<Date>`date_trunc('milliseconds', now())` : null }),
        version: sql<number>`version + ${Number(hasChanges) + Number(isDone !== null)}`,
        updatedAt: sql<Date>`date_trunc('milliseconds', now())`,
      })
      .where('task.id', '=', taskId)
      .returning(taskColumns(ctx))
      .executeTakeFirstOrThrow()
    const task = toTask(changed)
    const { title, contactId, companyId, dealId } = task
    if (hasChanges) await emit(taskUpdated({ taskId, contactId, companyId, dealId, changes }))
    if (changes.remindAt || isDone === false) await planReminder(enqueue, task)
    return isDone === null ? task : turn(ctx, scope, task, { taskId, title, contactId, companyId, dealId })
  })
}

/** Tells that the task is done, or not any more, and what follows from that. */
async function turn(ctx: Ctx, scope: Writing, task: Task, named: EventData<typeof taskReopened>): Promise<Task> {
  if (task.doneAt !== null) {
    const followedById = await makeNext(ctx, scope, task)
    await scope.emit(taskCompleted({ ...named, followedById }))
    return { ...task, followedById }
  }
  await scope.emit(taskReopened(named))
  return (await takeNextBack(scope, task)) ? { ...task, followedById: null } : task
}

async function requireSound(ctx: Ctx, db: Db, current: Task, changes: TaskChanges): Promise<void> {
  const after = (field: About) => {
    const change = changes[field]
    return change ? change.to : current[field]
  }
  if ((changes.repeats ? changes.repeats.to : current.repeats) !== null && (changes.dueAt ? changes.dueAt.to : current.dueAt) === null) throw repeatWithoutDue()
  requireOneRecord({ contactId: after('contactId'), companyId: after('companyId'), dealId: after('dealId') })
  await requireMember(ctx, db, changes.assigneeId?.to, 'assigneeId')
  for (const field of ABOUT) {
    const to = changes[field]?.to
    if (to) await requireRecord(ctx, db, field, to)
  }
}

/** The columns to write for the changes. */
const newValues = ({ repeats, ...changes }: TaskChanges) => ({
  ...Object.fromEntries(Object.entries(changes).map(([field, change]) => [field, change?.to])),
  ...(repeats ? { repeats: repeats.to && JSON.stringify(repeats.to) } : {}),
})

const lockTask = (ctx: Ctx, db: Db, taskId: string): Promise<TaskRow | undefined> =>
  db
    .selectFrom('task')
    .select(taskColumns(ctx))
    .where('task.id', '=', taskId)
    .where('task.deletedAt', 'is', null)
    .where(mayReach(ctx))
    .forUpdate('task')
    .executeTakeFirst()
