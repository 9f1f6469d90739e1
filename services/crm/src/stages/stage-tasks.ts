import { sql } from 'kysely'
import type { Ctx, Scope } from '../ctx.ts'
import { insertTasks } from '../tasks/insert-tasks.ts'
import type { StageRow } from './stage.ts'

/** A deal that has just entered a stage. */
export interface Entered {
  readonly dealId: string
  readonly ownerId: string | null
  readonly stage: StageRow
}

/** What is to be done in the stage, for whoever owns the deal; what is still open from the last time is not made twice. */
export async function makeStageTasks(ctx: Ctx, scope: Pick<Scope, 'db' | 'emitAll'>, entered: readonly Entered[]): Promise<void> {
  const wanted = entered.flatMap(({ dealId, ownerId: assigneeId, stage }) =>
    stage.rules.tasks.map((task) => ({ ...task, dealId, assigneeId, stage: stage.id })),
  )
  if (wanted.length === 0) return
  const { rows: open } = await sql<{ key: string }>`select deal_id || '/' || stage || '/' || title as key from task
    where deal_id = any(${wanted.map(({ dealId }) => dealId)}::uuid[]) and stage is not null and done_at is null and deleted_at is null`.execute(scope.db)
  const known = new Set(open.map(({ key }) => key))
  const missing = wanted.filter(({ dealId, stage, title }) => !known.has(`${dealId}/${stage}/${title}`))
  await insertTasks(scope, missing, ctx.rights?.userId ?? null)
}
