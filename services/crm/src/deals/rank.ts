import { dealRanked } from '@ai-crm/contracts'
import { sql } from 'kysely'
import type { Db, Scope } from '../ctx.ts'

/** Beside which deals of the column; neither: on top. */
export interface Place {
  readonly beforeId: string | null
  readonly afterId: string | null
}

/** A longer one is a sign of hundreds of moves into the same gap: then room is made. */
const MAX_DIGITS = 200

/**
 * The rank of a place in a column; null where the deal stands on top of a stage that it enters, which the table does without a lock. Places
 * are given one after the other, each right beside the deal that it names: a neighbour that has left the column counts as none.
 * Ranks on top are whole numbers and those between two never are, so that the two ways never meet.
 */
export async function rankAt(
  { db, emitAll }: Pick<Scope, 'db' | 'emitAll'>,
  dealId: string,
  stage: string,
  place: Place,
  isEntering: boolean,
): Promise<string | null> {
  if (place.beforeId === null && place.afterId === null) return isEntering ? null : onTop(db, dealId, stage)
  await sql`select pg_advisory_xact_lock(hashtextextended('crm.column:' || platform.current_organization() || ${stage}::text, 0))`.execute(db)
  const found = await between(db, dealId, stage, place)
  if (found === null) return onTop(db, dealId, stage)
  if (found.rank === null || found.rank.length <= MAX_DIGITS) return found.rank ?? onTop(db, dealId, stage)
  await emitAll((await spread(db, dealId, stage, found.above)).map(({ id, from, to }) => dealRanked({ dealId: id, rank: { from, to } })))
  return (await between(db, dealId, stage, place))?.rank ?? null
}

/** Whoever is on top already stays where it is. */
async function onTop(db: Db, dealId: string, stage: string): Promise<string | null> {
  const { rows } = await sql<{ rank: string }>`select case when first.id = ${dealId}::uuid then first.rank else -nextval('deal_rank') end::text as rank
    from (select null) as one left join lateral (
      select id, rank from deal where stage = ${stage} and deleted_at is null order by sort_rank limit 1) as first on true`.execute(db)
  return rows[0]?.rank ?? null
}

interface Gap {
  /** Null above the first one: there it is on top. */
  readonly rank: string | null
  readonly above: string
}

/** Right below `afterId`, else right above `beforeId`; the deal itself is no neighbour. */
async function between(db: Db, dealId: string, stage: string, { beforeId, afterId }: Place): Promise<Gap | null> {
  const others = sql`stage = ${stage} and deleted_at is null and id <> ${dealId}::uuid`
  const { rows } = await sql<Gap>`
    with named as (
      select sort_rank, id = ${afterId}::uuid as is_above from deal where ${others} and id in (${afterId}::uuid, ${beforeId}::uuid) order by 2 desc nulls last limit 1
    ), neighbours as (
      select (select rank from deal where ${others} and sort_rank <= named.sort_rank and (coalesce(named.is_above, false) or sort_rank < named.sort_rank)
               order by sort_rank desc limit 1) as above,
             (select rank from deal where ${others} and sort_rank >= named.sort_rank and (not coalesce(named.is_above, false) or sort_rank > named.sort_rank)
               order by sort_rank limit 1) as below
        from named
    )
    select above::text as above, case
        when above is null then null
        when below is null then floor(above) + 1.5
        -- A tenth of the gap at most is what the last digit counts: with one more it is between them still.
        when middle = trunc(middle) then middle + power(10::numeric, -digits)
        else middle end::text as rank
      from (select *, trim_scale(round((above + below) * 0.5, digits)) as middle
              from (select above, below, greatest(1, ceil(-log(below - above))::integer + 1) as digits from neighbours) as gap) as found`.execute(db)
  return rows[0] ?? null
}

const MOST_SPREAD = 256

interface Moved {
  readonly id: string
  readonly from: string
  readonly to: string
}

/** Gives those below a place room again, as many as it takes until there is some; each is told of. Who leaves the column in this moment is not. */
async function spread(db: Db, dealId: string, stage: string, above: string): Promise<Moved[]> {
  const { rows } = await sql<Moved>`
    with base as (select trunc(${above}::numeric, 6) + 0.000002 as rank), below as (
      select deal.id, deal.rank, row_number() over (order by sort_rank) as nth from deal
       where stage = ${stage} and deleted_at is null and id <> ${dealId}::uuid and sort_rank > crm.sorted_rank(${above}::numeric)
       order by sort_rank limit ${MOST_SPREAD}
    ), enough as (
      select min(nth) as nth from below, base where below.rank - base.rank > 0.001 * nth
    ), crowded as (
      select below.id, below.rank, below.nth, coalesce(
               least((select rank from below as far where far.nth = enough.nth) - base.rank, 1) / (enough.nth + 1), 0.5) as step, base.rank as base
        from below cross join base cross join enough where below.nth < coalesce(enough.nth, ${MOST_SPREAD} + 1)
    )
    select id, rank::text as "from", trim_scale(trunc(placed, 9) + case when trunc(placed, 9) = trunc(placed) then 0.000000001 else 0 end)::text as "to"
      from (select id, rank, nth, base + step * nth as placed from crowded) as given order by nth`.execute(db)
  // Each out of the way first: no two ever have one rank.
  const { rows: standing } = await sql<Moved>`update deal set rank = -nextval('deal_rank')
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (id uuid, "from" text, "to" text)
   where deal.id = given.id and deal.stage = ${stage} and deal.deleted_at is null and deal.rank = given."from"::numeric
   returning given.id, given."from", given."to"`.execute(db)
  await sql`update deal set rank = given."to", version = version + 1, updated_at = date_trunc('milliseconds', now())
    from jsonb_to_recordset(${JSON.stringify(standing)}::jsonb) as given (id uuid, "to" numeric) where deal.id = given.id`.execute(db)
  return standing
}
