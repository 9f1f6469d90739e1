import type { BoardCard, StageKind } from '@ai-crm/contracts'
import { sql, type RawBuilder } from 'kysely'
import { maySee as maySeeCompany } from '../companies/company-reach.ts'
import type { Ctx } from '../ctx.ts'
import { toInstant } from '../instant.ts'
import { mayReadSome } from '../lists/list-record.ts'
import { knownLimit, type Asked } from '../lists/list-page.ts'
import type { StageRow } from '../stages/stage.ts'
import { mayReach as mayReachTask } from '../tasks/task-reach.ts'

export type CardRow = Omit<BoardCard, 'stageEnteredAt' | 'nextTaskDueAt'> & {
  readonly stageEnteredAt: string
  readonly nextTaskDueAt: string | null
  readonly sortRank: string
}

/** Where a column goes on: by rank, or, of what was decided, by the moment and the id. */
export type CardPosition = readonly [string] | readonly [string, string]

/**
 * Cards of columns, of each in its order and one more than asked for: whether there are further ones. All columns are open ones, or all of
 * what was decided; `after` where one column goes on. One part of a statement, however many columns: PostgreSQL makes ready for each part anew.
 */
export function cardsOf(
  ctx: Ctx,
  stages: readonly [StageRow, ...StageRow[]],
  { conditions, isWhole }: Pick<Asked, 'conditions' | 'isWhole'>,
  limit: number,
  after: CardPosition | null,
): RawBuilder<CardRow> {
  const [{ kind }] = stages
  const most = isWhole ? knownLimit(limit + 1) : sql`${limit + 1}`
  // Parameters of their own: how many there are is known to the plan, as it is not of an array that comes as one.
  const ids = sql.join(stages.map(({ id }) => sql`${id}`))
  return sql<CardRow>`(select card.* from unnest(array[${ids}]::text[]) as asked (stage) cross join lateral (
    select deal.id, deal.title, deal.amount_minor::float8 as amount_minor, deal.currency, deal.stage, deal.expected_close_on::text as expected_close_on,
      deal.company_id, deal.tag_ids, deal.owner_id, deal.version, deal.sort_rank,
      cast(deal.stage_entered_at as text) as stage_entered_at,
      case when deal.company_id is not null then (select company.name from company
        where company.id = deal.company_id and company.deleted_at is null and ${maySeeCompany(ctx)}) end as company_name,
      coalesce(open_task.count, 0)::integer as open_tasks, cast(open_task.due_at as text) as next_task_due_at
    from (select * from deal where deal.stage = asked.stage and ${conditions} and ${from(kind, after)} order by ${orderOf(kind)} limit ${most}) as deal
    left join lateral (select count(*) as count, min(task.due_at) as due_at from task
      where task.deal_id = deal.id and task.done_at is null and task.deleted_at is null and ${mayReadSome(ctx, 'task') ? mayReachTask(ctx) : sql`false`}) as open_task on true
    order by ${orderOf(kind)}) as card)`
}

const orderOf = (kind: StageKind): RawBuilder<unknown> => (kind === 'open' ? sql`deal.sort_rank` : sql`deal.stage_entered_at desc, deal.id desc`)

function from(kind: StageKind, after: CardPosition | null): RawBuilder<boolean> {
  // As the index of what was decided says it.
  if (after === null) return kind === 'open' ? sql<boolean>`true` : sql<boolean>`deal.stage_kind <> 'open'`
  const [first, id] = after
  if (kind === 'open') return sql<boolean>`deal.sort_rank > ${first} collate "C"`
  return sql<boolean>`deal.stage_kind <> 'open' and (deal.stage_entered_at, deal.id) < (${first}::timestamptz, ${id ?? null}::uuid)`
}

export const positionOf = ({ kind }: StageRow, card: CardRow): CardPosition => (kind === 'open' ? [card.sortRank] : [card.stageEnteredAt, card.id])

export const toCard = (row: CardRow): BoardCard => ({
  id: row.id,
  title: row.title,
  amountMinor: row.amountMinor,
  currency: row.currency,
  stage: row.stage,
  expectedCloseOn: row.expectedCloseOn,
  companyId: row.companyId,
  companyName: row.companyName,
  tagIds: row.tagIds,
  ownerId: row.ownerId,
  stageEnteredAt: toInstant(row.stageEnteredAt),
  nextTaskDueAt: row.nextTaskDueAt === null ? null : toInstant(row.nextTaskDueAt),
  openTasks: row.openTasks,
  version: row.version,
})
