import { Envelope } from '@ai-crm/contracts'
import type { Rows, Statement } from '../db/database.ts'

/** An envelope from a row of `event e`, as JSON made by PostgreSQL: the same for the relay, for folding and for replay. */
export const ENVELOPE_JSON = `json_build_object(
  'id', e.id, 'type', e.type, 'version', e.version, 'organizationId', e.organization_id,
  'aggregate', json_build_object('type', e.aggregate_type, 'id', e.aggregate_id, 'version', e.aggregate_version),
  'actor', e.actor, 'occurredAt', to_char(e.occurred_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
  'correlationId', e.correlation_id, 'causationId', e.causation_id, 'depth', e.depth, 'trace', e.trace, 'data', e.data)`

/** How a reader reaches the database: `(statement) => database.read(context, statement)`. Row-level security decides what it sees. */
export type ReadStatement = (statement: Statement) => Promise<Rows>

const PAGE_SIZE = 500

/** All events of one aggregate, oldest first: folding them gives its row. Holds at most one page of rows at a time. */
export async function* readAggregateEvents(read: ReadStatement, aggregate: { type: string; id: string }): AsyncGenerator<Envelope> {
  let version = 0
  for (;;) {
    const page = await readPage(read, {
      text: `select ${ENVELOPE_JSON} as envelope from event e
              where e.aggregate_type = $1 and e.aggregate_id = $2 and e.aggregate_version > $3
              order by e.aggregate_version limit ${PAGE_SIZE}`,
      values: [aggregate.type, aggregate.id, version],
    })
    yield* page
    if (page.length < PAGE_SIZE) return
    version = page.at(-1)?.aggregate.version ?? version
  }
}

/**
 * All events of the given types, in the order of their ids (UUIDv7: the order in which they were made). A reader
 * that runs beside writers and remembers where it was must order by xid instead; see 0001_event.sql.
 */
export async function* readEventsByType(read: ReadStatement, types: readonly string[]): AsyncGenerator<Envelope> {
  let lastId = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const page = await readPage(read, {
      text: `select ${ENVELOPE_JSON} as envelope from event e where e.type = any($1) and e.id > $2 order by e.id limit ${PAGE_SIZE}`,
      values: [types, lastId],
    })
    yield* page
    if (page.length < PAGE_SIZE) return
    lastId = page.at(-1)?.id ?? lastId
  }
}

async function readPage(read: ReadStatement, statement: Statement): Promise<Envelope[]> {
  const { rows } = await read(statement)
  return rows.map((row) => Envelope.parse(row['envelope']))
}
