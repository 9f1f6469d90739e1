import { taskCreated } from '@ai-crm/contracts'
import { sql } from 'kysely'
import { v7 as uuidV7 } from 'uuid'
import type { Ctx, Scope } from '../ctx.ts'
import { inSlices } from '../in-slices.ts'
import type { StageRow } from './stage.ts'

/** A deal that has just entered a stage. */
export interface Entered {
  readonly dealId: string
  readonly ownerId: string | null
  readonly stage: StageRow
}

const DAY_MS = 86_400_000

/** What is to be done in the stage, for whoever owns the deal; what is still open from the last time is not made twice. */
export async function makeStageTasks(ctx: Ctx, { db, emitAll }: Pick<Scope, 'db' | 'emitAll'>, entered: readonly Entered[]): Promise<void> {
  const wanted = entered.flatMap(({ dealId, ownerId, stage }) => stage.rules.tasks.map((task) => ({ dealId, ownerId, stage: stage.id, ...task })))
  if (wanted.length === 0) return
  const { rows: open } = await sql<{ key: string }>`select deal_id || '/' || stage || '/' || title as key from task
    where deal_id = any(${wanted.map(({ dealId }) => dealId)}::uuid[]) and stage is not null and done_at is null and deleted_at is null`.execute(db)
  const known = new Set(open.map(({ key }) => key))
  const made = wanted
    .filter(({ dealId, stage, title }) => !known.has(`${dealId}/${stage}/${title}`))
    .map(({ dealId, ownerId, stage, title, dueInDays }) => ({
      id: uuidV7(),
      title,
      dueAt: dueInDays === null ? null : new Date(Date.now() + dueInDays * DAY_MS).toISOString(),
      assigneeId: ownerId,
      dealId,
      stage,
      createdById: ctx.rights?.userId ?? null,
    }))
  if (made.length === 0) return
  for (const slice of inSlices(made))
    await sql`insert into task (id, title, due_at, assignee_id, deal_id, stage, created_by_id)
      select id, title, "dueAt", "assigneeId", "dealId", stage, "createdById" from jsonb_to_recordset(${slice}::jsonb)
          as given (id uuid, title text, "dueAt" timestamptz, "assigneeId" uuid, "dealId" uuid, stage text, "createdById" uuid)`.execute(db)
  await emitAll(
    made.map(({ id, title, dueAt, assigneeId, dealId, stage }) =>
      taskCreated({ taskId: id, title, note: null, dueAt, remindAt: null, assigneeId, contactId: null, companyId: null, dealId, stage }),
    ),
  )
}
