import { taskCreated } from '@ai-crm/contracts'
import { sql } from 'kysely'
import { v7 as uuidV7 } from 'uuid'
import type { Scope } from '../ctx.ts'
import { inSlices } from '../in-slices.ts'

const DAY_MS = 86_400_000

/** What a deal gets to be done, by its stage or because it was won. */
export interface DealTask {
  readonly title: string
  readonly dueInDays: number | null
  readonly assigneeId: string | null
  readonly dealId: string
  /** The stage that it came with; null: with none. */
  readonly stage: string | null
}

/** All of them, each with its event. Returns their ids in the same order. */
export async function insertTasks({ db, emitAll }: Pick<Scope, 'db' | 'emitAll'>, tasks: readonly DealTask[], createdById: string | null): Promise<string[]> {
  if (tasks.length === 0) return []
  const made = tasks.map(({ dueInDays, ...task }) => ({
    ...task,
    id: uuidV7(),
    dueAt: dueInDays === null ? null : new Date(Date.now() + dueInDays * DAY_MS).toISOString(),
    createdById,
  }))
  for (const slice of inSlices(made))
    await sql`insert into task (id, title, due_at, assignee_id, deal_id, stage, created_by_id)
      select id, title, "dueAt", "assigneeId", "dealId", stage, "createdById" from jsonb_to_recordset(${slice}::jsonb)
          as given (id uuid, title text, "dueAt" timestamptz, "assigneeId" uuid, "dealId" uuid, stage text, "createdById" uuid)`.execute(db)
  await emitAll(
    made.map(({ id, createdById: _by, ...task }) => taskCreated({ ...task, taskId: id, note: null, remindAt: null, contactId: null, companyId: null })),
  )
  return made.map(({ id }) => id)
}
