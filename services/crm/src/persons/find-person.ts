import { MAX_PERSON_IDS, type PersonSubject } from '@ai-crm/contracts'
import { sql } from 'kysely'
import { mayRead } from '../contacts/contact-reach.ts'
import type { Ctx, Db } from '../ctx.ts'
import { missingRecord } from '../merges/missing-record.ts'
import { addressesOfPerson } from './addresses-of-person.ts'

/** Who a contact is, living or deleted: with those that were merged into it. Throws 404, and `mergedAway` where it is somebody else's part by now. */
export async function findPerson(ctx: Ctx, db: Db, contactId: string): Promise<PersonSubject> {
  const { rows } = await sql<{ ids: string[] }>`
    with recursive them (id, step) as (
      select contact.id, 1 from contact where contact.id = ${contactId}::uuid and contact.merged_into is null and ${mayRead(ctx)}
      union all
      select part.id, them.step + 1 from them join contact as part on part.merged_into = them.id where them.step < 50
    ) select array_agg(id) as ids from them having count(*) > 0`.execute(db)
  const contactIds = rows[0]?.ids
  if (!contactIds) throw await missingRecord(ctx, 'contact', contactId)
  const [addresses, names, conversationIds, thingIds] = [
    await addressesOfPerson(db, contactIds),
    (await db.selectFrom('contact').select('name').where('id', 'in', contactIds).execute()).map(({ name }) => name),
    await idsOf(
      db,
      sql`select conversation_id as id from timeline_entry where contact_id = any(${contactIds}::uuid[]) and conversation_id is not null
      union select conversation_id from conversation_contact where contact_id = any(${contactIds}::uuid[])`,
    ),
    await idsOf(
      db,
      sql`select id from task where contact_id = any(${contactIds}::uuid[]) union select id from note where contact_id = any(${contactIds}::uuid[])
      union select id from file where contact_id = any(${contactIds}::uuid[])`,
    ),
  ]
  return { contactIds, conversationIds, thingIds, addresses, names }
}

async function idsOf(db: Db, query: ReturnType<typeof sql>): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select id from (${query}) as found limit ${MAX_PERSON_IDS}`.execute(db)
  return rows.map(({ id }) => id)
}
