import { HandOverInput, taskDeleted } from '@ai-crm/contracts'
import { strangersAmong } from '@ai-crm/platform'
import { sql } from 'kysely'
import type { Db, Scope } from '../ctx.ts'
import { insertTasks } from '../tasks/insert-tasks.ts'
import { handOverOf, lockWonDeal, NOW, type Refused } from './won-deal.ts'

/** What the plan says is to be done next; what is still open of an earlier hand-over is not made twice. */
export async function makeTasks(scope: Scope, input: Readonly<Record<string, unknown>>): Promise<Refused | void> {
  const { handOverId, dealId, tasks } = HandOverInput.parse(input)
  const deal = await lockWonDeal(scope.db, dealId)
  if ('refused' in deal) return deal
  const given = tasks.map((task) => ({ ...task, dealId, stage: null, assigneeId: task.assigneeId ?? deal.ownerId }))
  const [stranger] = await strangersAmong({}, scope.db, [...new Set(given.flatMap(({ assigneeId }) => assigneeId ?? []))])
  if (stranger !== undefined) return { refused: stranger === deal.ownerId ? 'owner-left' : 'assignee-left' }
  const open = await openOfEarlier(scope.db, dealId)
  const taskIds = await insertTasks(
    scope,
    given.filter(({ title }) => !open.has(title)),
    null,
  )
  await scope.db.updateTable('handOver').set({ taskIds }).where('id', '=', handOverId).execute()
}

/** Titles of what hand-overs before left to be done. */
async function openOfEarlier(db: Db, dealId: string): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ title: string }>`select task.title from hand_over join task on task.id = any(hand_over.task_ids)
    where hand_over.deal_id = ${dealId}::uuid and task.done_at is null and task.deleted_at is null`.execute(db)
  return new Set(rows.map(({ title }) => title))
}

/** What nobody has done yet. */
export async function removeTasks({ db, emitAll }: Scope, input: Readonly<Record<string, unknown>>): Promise<void> {
  const made = await handOverOf(db, HandOverInput.parse(input).handOverId)
  if (!made || made.taskIds.length === 0) return
  const removed = await db
    .updateTable('task')
    .set({ deletedAt: NOW, version: sql<number>`version + 1` })
    .where('id', 'in', made.taskIds)
    .where('doneAt', 'is', null)
    .where('deletedAt', 'is', null)
    .returning(['id', 'title', 'contactId', 'companyId', 'dealId'])
    .execute()
  await emitAll(removed.map(({ id: taskId, ...named }) => taskDeleted({ taskId, ...named })))
}
