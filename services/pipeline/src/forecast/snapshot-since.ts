import { sql } from 'kysely'
import type { Ctx } from '../ctx.ts'

/** A forecast is kept of so many months. */
export const KEPT_MONTHS = 12

export interface Snapshot {
  readonly takenOn: string
  readonly takenAt: Date
}

/** The newest forecast that was kept before that day or on it, or else the first; null: none was yet. */
export async function snapshotSince({ db }: Ctx, pipelineId: string, since: string): Promise<Snapshot | null> {
  const { rows } = await sql<Snapshot>`
    select taken_on as "takenOn", coalesce(taken_at, taken_on::timestamp at time zone 'UTC') as "takenAt" from forecast_snapshot
     where pipeline_id = ${pipelineId} order by taken_on <= ${since}::date desc, case when taken_on <= ${since}::date then taken_on end desc, taken_on limit 1`.execute(
    db,
  )
  return rows[0] ?? null
}
