import { sql, type Kysely } from 'kysely'
import { BATCH } from './person-progress.ts'
import type { Stride } from './stride.ts'

/** Of marks, whose events are then looked for. */
const MARKS = 100

/**
 * Empties what the log has about them, but for what still waits to be published: that is looked for again. Time, kind, order and actor stay.
 * With the kinds named, each event is found in the log's own index.
 */
export async function emptyEvents(db: Kysely<unknown>, erasureId: string, kinds: readonly string[], after: readonly string[] | null): Promise<Stride> {
  const { rows } = await sql<{ count: number; marks: number; last: string | null }>`
    with page as materialized (
           select id from erased_aggregate where erasure_id = ${erasureId}::uuid and ${after?.[0] === undefined ? sql`true` : sql`id > ${after[0]}::uuid`}
            order by id limit ${MARKS}),
         told as materialized (
           select event.organization_id, event.id from event
            where event.aggregate_type = any(${[...kinds]}::text[]) and event.aggregate_id = any(array(select id from page)) and event.data <> '{}'
              and not exists (select from outbox where outbox.event_id = event.id) limit ${BATCH}),
         hit as (update event set data = '{}' where (organization_id, id) in (select organization_id, id from told) returning 1)
    select (select count(*)::int from hit) as count, (select count(*)::int from page) as marks, (select id from page order by id desc limit 1) as last`.execute(
    db,
  )
  const { count, marks, last } = rows[0] ?? { count: 0, marks: 0, last: null }
  if (count === BATCH) return { count, after: after ?? [] }
  return { count, after: marks < MARKS || last === null ? null : [last] }
}

/** Whether events about them are still to be emptied: those that wait for the bus. */
export async function hasWaitingEvents(db: Kysely<unknown>, erasureId: string, kinds: readonly string[]): Promise<boolean> {
  const { rows } = await sql`
    select from outbox
      join event on event.organization_id = outbox.organization_id and event.id = outbox.event_id
      join erased_aggregate mark on mark.organization_id = event.organization_id and mark.id = event.aggregate_id
     where mark.erasure_id = ${erasureId}::uuid and event.aggregate_type = any(${[...kinds]}::text[]) and event.data <> '{}' limit 1`.execute(db)
  return rows.length > 0
}

/** That it was asked for: what of it waits or comes late would tell whom it was about. */
export async function forgetRequest(db: Kysely<unknown>, erasureId: string, requestId: string): Promise<void> {
  await sql`insert into erased_aggregate (id, erasure_id) values (${requestId}::uuid, ${erasureId}::uuid) on conflict do nothing`.execute(db)
  await sql`delete from parked_event where aggregate_id = ${requestId}::uuid`.execute(db)
}
