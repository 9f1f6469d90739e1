import { MAX_PERSON_IDS, publicEvents, type PersonSubject } from '@ai-crm/contracts'
import { sql } from 'kysely'
import { z } from 'zod'
import type { Ctx } from '../ctx.ts'

/** Of events that name a contact and a conversation. */
const LINKING_TYPES = publicEvents
  .filter(({ data, hiddenFields }) =>
    ['contactId', 'conversationId'].every((field) => data instanceof z.ZodObject && field in data.shape && !hiddenFields.includes(field)),
  )
  .map(({ type }) => type)

/** A contact with the conversations that were told as theirs: what was told of those names them by these ids alone. */
export async function conversationsOfContact(ctx: Ctx, contactId: string): Promise<PersonSubject> {
  // A `case` keeps the order: a payload is large, and of most types it is not even read.
  const { rows } = await sql<{ id: string }>`
    select distinct told.data ->> 'conversationId' as id
      from delivery cross join lateral (
        select case when event_type <> all(${LINKING_TYPES}::text[]) then null
                    when payload like ${`%${contactId}%`} then payload::jsonb -> 'data' end as data) as told
     where told.data ->> 'contactId' = ${contactId} and told.data ->> 'conversationId' is not null limit ${MAX_PERSON_IDS}`.execute(ctx.db)
  return { contactIds: [contactId], conversationIds: rows.map(({ id }) => id), thingIds: [], addresses: [], names: [] }
}
