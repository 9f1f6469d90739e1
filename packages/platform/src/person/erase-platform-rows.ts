import { sql, type Kysely } from 'kysely'
import { PERSON, type PersonData } from './person-data.ts'

const BATCH = 500

/** What the platform keeps about them in every service, in one table after another. */
export const PLATFORM_STEPS: readonly { readonly name: string; readonly run: (db: Kysely<unknown>, erasureId: string, data: PersonData) => Promise<number> }[] =
  [
    { name: 'event', run: emptyEvents },
    { name: 'parkedEvent', run: forgetParked },
    { name: 'idempotencyKey', run: emptyAnswers },
  ]

/** What the log has about them, but for what still waits to be published: that is looked for again. Time, kind, order and actor stay. */
async function emptyEvents(db: Kysely<unknown>, erasureId: string, data: PersonData): Promise<number> {
  const { numAffectedRows } = await sql`
    update event set data = '{}' where (organization_id, id) in (
      select event.organization_id, event.id from ${eventsOf(erasureId, data)} and not exists (select from outbox where outbox.event_id = event.id) limit ${BATCH})`.execute(
    db,
  )
  return Number(numAffectedRows ?? 0)
}

/** Those that still tell something. With the kind named, each is found in the log's own index. */
const eventsOf = (erasureId: string, { aggregateTypes }: PersonData) => sql`erased_aggregate mark
  join event on event.organization_id = mark.organization_id and event.aggregate_type = any(${[...aggregateTypes]}::text[]) and event.aggregate_id = mark.id
 where mark.erasure_id = ${erasureId} and event.data <> '{}'`

async function forgetParked(db: Kysely<unknown>, erasureId: string): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from parked_event where aggregate_id in (select id from erased_aggregate where erasure_id = ${erasureId})
        or lower(envelope::text) like ${sql.raw(PERSON.patterns)}`.execute(db)
  return Number(numAffectedRows ?? 0)
}

/** A request that is repeated still does nothing twice; it is answered that what it did is no more. */
async function emptyAnswers(db: Kysely<unknown>): Promise<number> {
  const { numAffectedRows } = await sql`update idempotency_key set body = '{"erased":true}' where lower(body) like ${sql.raw(PERSON.patterns)}`.execute(db)
  return Number(numAffectedRows ?? 0)
}

/** Whether events about them are still to be emptied: those that wait for the bus. */
export async function hasWaitingEvents(db: Kysely<unknown>, erasureId: string, data: PersonData): Promise<boolean> {
  const { rows } = await sql`
    select from ${eventsOf(erasureId, data)} limit 1`.execute(db)
  return rows.length > 0
}
