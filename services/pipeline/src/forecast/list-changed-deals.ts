import type { ForecastDealChange, ForecastDealsQuery } from '@ai-crm/contracts'
import { decodeCursor, encodeCursor, notFound } from '@ai-crm/platform'
import { sql, type RawBuilder } from 'kysely'
import { z } from 'zod'
import type { Ctx } from '../ctx.ts'
import { toChange, type ChangedRow } from './changed-deal.ts'
import { partOf } from './deals-by-month.ts'
import { requireWholeForecast } from './forecast-rights.ts'
import { KEPT_MONTHS, snapshotSince, type Snapshot } from './snapshot-since.ts'

const Position = z.tuple([z.number(), z.uuid()])
type Position = z.infer<typeof Position>

/**
 * The deals behind a change of the forecast: what stood, and was worth what, in the moment when it was kept, beside what does today.
 * Throws 404, 400 for a cursor, and what forecast-rights throws (403).
 */
export async function listChangedDeals(
  ctx: Ctx,
  pipelineId: string,
  { since, part, currency, limit, cursor }: ForecastDealsQuery,
): Promise<{ items: ForecastDealChange[]; nextCursor: string | null }> {
  requireWholeForecast(ctx)
  const kind = `forecast-deals/${pipelineId}/${since}/${part}/${currency}`
  const after = cursor === undefined ? null : Position.parse(decodeCursor(ctx, kind, cursor))
  const [pipeline, snapshot] = await Promise.all([
    ctx.db.selectFrom('pipeline').select('id').where('id', '=', pipelineId).where('archivedAt', 'is', null).executeTakeFirst(),
    snapshotSince(ctx, pipelineId, since),
  ])
  if (!pipeline) throw notFound('pipeline')
  if (!snapshot) return { items: [], nextCursor: null }
  const rows = await changedRows(ctx, pipelineId, snapshot, { part, currency }, after, limit + 1)
  const page = rows.slice(0, limit)
  const last = rows.length > limit ? page.at(-1) : undefined
  const nextCursor = last ? encodeCursor(ctx, kind, [Math.abs(last.differenceMinor), last.dealId] satisfies Position) : null
  return { items: page.map((row) => toChange(row, pipelineId)), nextCursor }
}

async function changedRows(
  { db }: Ctx,
  pipelineId: string,
  { takenOn, takenAt }: Snapshot,
  { part, currency }: Pick<ForecastDealsQuery, 'part' | 'currency'>,
  after: Position | null,
  limit: number,
): Promise<ChangedRow[]> {
  const [firstThen, firstNow] = [sql`date_trunc('month', ${takenOn}::timestamp)`, sql`date_trunc('month', now() at time zone 'UTC')`]
  const worth = (deal: string) => sql`case ${sql.ref(`${deal}.stage_kind`)} when 'won' then ${sql.ref(`${deal}.amount_minor`)}
      else ${sql.ref(`${deal}.amount_minor`)} * coalesce((select probability from stage where stage.id = ${sql.ref(`${deal}.stage_id`)}), 0) / 100.0 end`
  const isAsked = (deal: string) => sql<boolean>`(${sql.ref(`${deal}.part`)} = ${part} and ${sql.ref(`${deal}.currency`)} = ${currency})`
  const counted = (deal: string) => sql`case when ${sql.ref(`${deal}.deal_id`)} is not null then jsonb_build_object('stage', ${sql.ref(`${deal}.stage_id`)},
      'stageKind', ${sql.ref(`${deal}.stage_kind`)}, 'part', ${sql.ref(`${deal}.part`)}, 'currency', ${sql.ref(`${deal}.currency`)}, 'amountMinor', ${sql.ref(`${deal}.amount_minor`)}) end`
  const { rows } = await sql<ChangedRow>`
    with earlier as (
      select stay.deal_id, stay.stage_id, stay.stage_kind, fact.amount_minor, fact.currency,
             ${partIn(sql`stay.stage_kind`, sql`stay.decided_at`, sql`fact.expected_close_on`, firstThen)} as part
        from stay cross join lateral (select amount_minor, currency, expected_close_on from deal_fact
               where deal_fact.organization_id = stay.organization_id and deal_fact.deal_id = stay.deal_id and deal_fact.since <= ${takenAt}
               order by version desc limit 1) as fact
       where stay.pipeline_id = ${pipelineId} and stay.stage_kind <> 'lost' and stay.entered_at <= ${takenAt} and (stay.left_at is null or stay.left_at > ${takenAt})
         and (stay.stage_kind = 'open' or stay.decided_at >= ${firstThen} at time zone 'UTC') and fact.currency is not null
    ), today as (
      select deal.id as deal_id, deal.stage_id, deal.stage_kind, deal.amount_minor, deal.currency,
             ${partIn(sql`deal.stage_kind`, sql`deal.decided_at`, sql`deal.expected_close_on`, firstNow)} as part
        from deal where deal.pipeline_id = ${pipelineId} and not deal.is_deleted and deal.currency is not null and deal.stage_kind <> 'lost'
         and (deal.stage_kind = 'open' or deal.decided_at >= ${firstThen} at time zone 'UTC')
    ), changed as (
      select coalesce(earlier.deal_id, today.deal_id) as deal_id, ${counted('earlier')} as before, ${counted('today')} as now,
             (case when ${isAsked('today')} then ${worth('today')} else 0 end - case when ${isAsked('earlier')} then ${worth('earlier')} else 0 end)::float8 as difference
        from earlier full join today on today.deal_id = earlier.deal_id
       where (${isAsked('earlier')} or ${isAsked('today')})
         and (earlier.stage_id, earlier.amount_minor, earlier.currency, earlier.part) is distinct from (today.stage_id, today.amount_minor, today.currency, today.part)
    )
    select deal_id as "dealId", before, now, difference as "differenceMinor",
           (select jsonb_build_object('pipelineId', stay.pipeline_id, 'stageKind', stay.stage_kind) from stay where stay.deal_id = changed.deal_id
               and stay.entered_at <= ${takenAt} and (stay.left_at is null or stay.left_at > ${takenAt}) order by stay.sequence desc limit 1) as "stoodThen",
           (select jsonb_build_object('pipelineId', deal.pipeline_id, 'stageKind', deal.stage_kind) from deal where deal.id = changed.deal_id and not deal.is_deleted) as "standsNow"
      from changed where ${after === null ? sql`true` : sql`(abs(difference) < ${after[0]} or (abs(difference) = ${after[0]} and deal_id > ${after[1]}::uuid))`}
     order by abs(difference) desc, deal_id limit ${limit}`.execute(db)
  return rows
}

/** Won deals count in the month in which they were, open ones in that in which they are to close. */
const partIn = (kind: RawBuilder<unknown>, decidedAt: RawBuilder<unknown>, closeOn: RawBuilder<unknown>, first: RawBuilder<unknown>) =>
  sql`case when ${kind} = 'won' then to_char(${decidedAt} at time zone 'UTC', 'YYYY-MM') else ${partOf(closeOn, first, KEPT_MONTHS)} end`
