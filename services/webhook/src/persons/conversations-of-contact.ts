import { MAX_PERSON_IDS, type PersonSubject } from '@ai-crm/contracts'
import { sql } from 'kysely'
import type { Ctx } from '../ctx.ts'

/** A contact with the conversations that were told as theirs: what was told of those names them by these ids alone. */
export async function conversationsOfContact(ctx: Ctx, contactId: string): Promise<PersonSubject> {
  const { rows } = await sql<{ id: string }>`
    select distinct told.data ->> 'conversationId' as id
      from delivery cross join lateral (select case when payload like ${`%${contactId}%`} then payload::jsonb -> 'data' end as data) as told
     where told.data ->> 'contactId' = ${contactId} and told.data ->> 'conversationId' is not null limit ${MAX_PERSON_IDS}`.execute(ctx.db)
  return { contactIds: [contactId], conversationIds: rows.map(({ id }) => id), thingIds: [], addresses: [], names: [] }
}
