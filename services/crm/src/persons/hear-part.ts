import { PERSON_SERVICES, personErased, type EventData, type crmPersonErased } from '@ai-crm/contracts'
import { sql } from 'kysely'
import type { Scope } from '../ctx.ts'

/** A service is done with its part; with the last of them everything is, and the log loses whom it was about. */
export async function hearPart({ db, emit }: Scope, { erasureId, service, erased, kept }: EventData<typeof crmPersonErased>): Promise<void> {
  const erasure = await db
    .updateTable('personErasure')
    .set({ parts: sql`parts || ${JSON.stringify({ [service]: { erased, kept } })}::jsonb`, waits: sql`waits - ${service}::text` })
    .where('id', '=', erasureId)
    .where('state', '=', 'erasing')
    .returning(['contactId', 'requestId', 'parts'])
    .executeTakeFirst()
  if (!erasure || !PERSON_SERVICES.every((one) => erasure.parts[one])) return
  await db
    .updateTable('personErasure')
    .set({ state: 'done', finishedAt: sql<Date>`date_trunc('milliseconds', now())` })
    .where('id', '=', erasureId)
    .execute()
  await sql`insert into erased_aggregate (id, erasure_id) values (${erasure.requestId}, ${erasureId}) on conflict do nothing`.execute(db)
  // Asked for once more, and not yet told to anybody: nobody has to hear it any more.
  await sql`delete from outbox where event_id in (
    select id from event where aggregate_type = 'person-erasure-request' and aggregate_id = ${erasure.requestId}::uuid)`.execute(db)
  await sql`update event set data = '{}' where aggregate_type = 'person-erasure-request' and aggregate_id = ${erasure.requestId}`.execute(db)
  await emit(personErased({ erasureId, contactId: erasure.contactId }))
}
