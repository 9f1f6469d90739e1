import type { ListRecord } from '@ai-crm/contracts'
import { sql } from 'kysely'
import { isDeepStrictEqual } from 'node:util'
import type { Db } from '../ctx.ts'
import { readTold, RECORD_EVENT_COLUMNS, type RecordEvent } from './record-events.ts'
import { combine } from './undo-fields.ts'

/** Whoever changed a record more often has worked on it, whatever is left of that. */
const MOST_EVENTS = 100

export interface Moment {
  readonly id: string
  readonly version: number
  /** What has the cause of that event counts, too: else links that jobs mend after it are nobody's work. */
  readonly isAnyCause: boolean
}

/**
 * Records on which somebody has worked since, and of whose work something is left: what was changed and taken back again is not. That a record went and came
 * back, or the other way, leaves nothing either: whoever asks knows whether it is there.
 */
export async function workedOnSince(db: Db, record: ListRecord, moments: readonly Moment[]): Promise<ReadonlySet<string>> {
  if (moments.length === 0) return new Set()
  const { rows } = await sql<RecordEvent>`select since.*
      from jsonb_to_recordset(${JSON.stringify(moments)}::jsonb) as moment (id uuid, version integer, "isAnyCause" boolean)
      join event as own on own.aggregate_type = ${record} and own.aggregate_id = moment.id and own.aggregate_version = moment.version
     cross join lateral (
       select ${RECORD_EVENT_COLUMNS} from event
        where event.aggregate_type = ${record} and event.aggregate_id = moment.id and event.aggregate_version > moment.version
          and (moment."isAnyCause" or event.correlation_id <> own.correlation_id)
        order by event.aggregate_version limit ${MOST_EVENTS}) as since`.execute(db)
  const since = [...Map.groupBy(rows, ({ recordId }) => recordId)]
  return new Set(since.flatMap(([id, events]) => (comesToNothing(events.toSorted((a, b) => a.version - b.version)) ? [] : [id])))
}

function comesToNothing(events: readonly RecordEvent[]): boolean {
  const told = events.flatMap((event) => readTold(event) ?? [])
  if (events.length === MOST_EVENTS || told.length < events.length) return false
  const { changes, custom } = combine(told)
  return [...Object.values(changes), ...Object.values(custom)].every(({ from, to }) => isDeepStrictEqual(from ?? null, to ?? null))
}
