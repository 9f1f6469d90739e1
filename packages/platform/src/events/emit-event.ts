import type { PendingEvent } from '@ai-crm/contracts'
import { v7 as uuidV7 } from 'uuid'
import type { Origin } from '../context.ts'
import type { Statement } from '../db/database.ts'
import { storedJson } from '../db/stored-json.ts'
import { currentTraceparent } from '../telemetry/tracing.ts'

const TEXT = 'select emit_event($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)'

/**
 * One emitted event as one statement: the row of the log with the next version of its aggregate, and the row of
 * the outbox. Runs in the schema of the service, under the organisation of the transaction.
 */
export function emitStatement(origin: Origin, event: PendingEvent): Statement {
  return {
    text: TEXT,
    values: [
      uuidV7(),
      event.type,
      event.version,
      event.aggregateType,
      event.aggregateId,
      JSON.stringify(origin.actor),
      origin.correlationId,
      origin.causationId,
      origin.depth,
      // The span that emits is the parent of those that consume.
      currentTraceparent() ?? origin.trace,
      storedJson(event.data),
    ],
  }
}

const ALL = `with given as (
    select * from unnest($1::uuid[], $2::text[], $3::int[], $4::text[], $5::uuid[], $6::jsonb[]) with ordinality as given (id, type, version, aggregate_type, aggregate_id, data, nth)
  ), stored as (
    insert into event (id, type, version, aggregate_type, aggregate_id, aggregate_version, actor, occurred_at, correlation_id, causation_id, depth, trace, data)
    select given.id, type, version, aggregate_type, aggregate_id,
           row_number() over (partition by aggregate_type, aggregate_id order by nth)
             + coalesce((select max(known.aggregate_version) from event known
                          where known.organization_id = platform.current_organization()
                            and known.aggregate_type = given.aggregate_type and known.aggregate_id = given.aggregate_id), 0),
           $7, date_trunc('milliseconds', clock_timestamp()), $8, $9, $10, $11, data
      from given order by nth
  )
  insert into outbox (event_id, partition, bulk_aggregate_id, bulk_at)
  select id, get_byte(uuid_send(aggregate_id), 15) & 15, case when $12::boolean then aggregate_id end, case when $12::boolean then clock_timestamp() end
    from given order by nth`

/** Each well below what the driver takes as one parameter. */
const MOST_EVENTS = 500
const MOST_CHARACTERS = 300_000

/**
 * Many events, in as few statements as the driver takes. Their aggregates are new or locked by the transaction: two who emit for one at once
 * would not wait for each other here as they do in `emit_event`, and the later one fails as a whole. `isBulk`: see 0070_bulk_outbox.sql.
 */
export function emitAllStatements(origin: Origin, events: readonly PendingEvent[], isBulk: boolean): Statement[] {
  const statements: Statement[] = []
  let [slice, data, characters] = [new Array<PendingEvent>(), new Array<string>(), 0]
  for (const event of events) {
    const text = storedJson(event.data)
    if (slice.length === MOST_EVENTS || (slice.length > 0 && characters + text.length > MOST_CHARACTERS)) {
      statements.push(statementOf(origin, slice, data, isBulk))
      ;[slice, data, characters] = [[], [], 0]
    }
    slice.push(event)
    data.push(text)
    characters += text.length
  }
  return slice.length > 0 ? [...statements, statementOf(origin, slice, data, isBulk)] : statements
}

const statementOf = (origin: Origin, events: readonly PendingEvent[], data: readonly string[], isBulk: boolean): Statement => ({
  text: ALL,
  values: [
    events.map(() => uuidV7()),
    events.map(({ type }) => type),
    events.map(({ version }) => version),
    events.map(({ aggregateType }) => aggregateType),
    events.map(({ aggregateId }) => aggregateId),
    data,
    JSON.stringify(origin.actor),
    origin.correlationId,
    origin.causationId,
    origin.depth,
    currentTraceparent() ?? origin.trace,
    isBulk,
  ],
})
