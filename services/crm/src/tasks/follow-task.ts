import { taskDeleted, type Task } from '@ai-crm/contracts'
import { strangersAmong } from '@ai-crm/platform'
import { sql } from 'kysely'
import type { Ctx, Scope } from '../ctx.ts'
import { createdEvent } from './created-event.ts'
import { nextDue } from './next-due.ts'
import { planReminder } from './remind-of-task.ts'
import { taskColumns, toTask } from './task.ts'

export type Writing = Pick<Scope, 'db' | 'emit' | 'enqueue'>

/** Makes the next one of a task that repeats and has just been done, unless it was made before. Gives back which one follows; null: none. */
export async function makeNext(ctx: Ctx, { db, emit, enqueue }: Writing, task: Task): Promise<string | null> {
  const { dueAt, remindAt, repeats, followedById, title, note, contactId, companyId, dealId, createdById } = task
  if (followedById !== null || repeats === null || dueAt === null) return followedById
  const next = nextDue(dueAt, repeats, new Date())
  if (next === null) return null
  const isGone = task.assigneeId !== null && (await strangersAmong({}, db, [task.assigneeId])).length > 0
  const row = await db
    .insertInto('task')
    .values({
      title,
      note,
      contactId,
      companyId,
      dealId,
      createdById,
      dueAt: next,
      // As long before it as that of the one before.
      remindAt: remindAt === null ? null : new Date(Date.parse(next) - Date.parse(dueAt) + Date.parse(remindAt)).toISOString(),
      assigneeId: isGone ? null : task.assigneeId,
      repeats: JSON.stringify(repeats),
    })
    .returning(taskColumns(ctx))
    .executeTakeFirstOrThrow()
  const made = toTask(row)
  await emit(createdEvent(made))
  await planReminder(enqueue, made)
  await db.updateTable('task').set({ followedById: made.id }).where('id', '=', task.id).execute()
  return made.id
}

/** A task that was opened again is what is to be done: the one that was to follow goes, unless somebody has touched it. Gives back whether it went. */
export async function takeNextBack({ db, emit }: Writing, { id, followedById }: Task): Promise<boolean> {
  if (followedById === null) return false
  const taken = await db
    .updateTable('task')
    .set({ deletedAt: sql<Date>`now()`, version: sql<number>`version + 1` })
    .where('id', '=', followedById)
    .where('version', '=', 1)
    .where('doneAt', 'is', null)
    .where('deletedAt', 'is', null)
    .returning(['title', 'contactId', 'companyId', 'dealId'])
    .executeTakeFirst()
  if (!taken) return false
  await emit(taskDeleted({ taskId: followedById, ...taken }))
  await db.updateTable('task').set({ followedById: null }).where('id', '=', id).execute()
  return true
}
