import { sql, type RawBuilder } from 'kysely'
import type { Scope } from '../ctx.ts'

/** What both write travels with COMMIT, in the order of the calls, so that each finds what was written before it. */
type AtCommit = Pick<Scope, 'db' | 'atCommit'>

/**
 * The contact of a conversation as far as CRM knows, or null: as the table `place (contact_id)` of a statement. Takes the
 * conversation's row until the end of the transaction: whoever links it meanwhile waits, and then finds what is written here.
 */
export const placeOfConversation = (conversationId: string) => sql`place as (
  insert into conversation_contact (conversation_id, contact_id) values (${conversationId}, null)
  on conflict (organization_id, conversation_id) do update set contact_id = conversation_contact.contact_id
  returning contact_id
)`

/** Who has what was this contact's by now: others may not have heard of a merge yet. */
export const survivorOfContact = (contactId: string): RawBuilder<string> => sql<string>`crm.survivor_of_contact(${contactId}::uuid)`

/** From now on the conversation belongs to the contact's story, with all that was told of it before; who was active last follows. */
export function linkConversation(scope: AtCommit, conversationId: string, contactId: string | RawBuilder<string>): void {
  scope.atCommit(activityFollows(conversationId, contactId))
  attachConversation(scope, conversationId, contactId)
}

/** The story alone, of which who was active when follows. */
export function attachConversation({ db, atCommit }: AtCommit, conversationId: string, contactId: string | RawBuilder<string>): void {
  const link = db
    .insertInto('conversationContact')
    .values({ conversationId, contactId })
    .onConflict((conflict) =>
      conflict.columns(['organizationId', 'conversationId']).doUpdateSet({ contactId }).where('conversationContact.contactId', 'is distinct from', contactId),
    )
  atCommit(link)
  const story = db
    .updateTable('timelineEntry')
    .set({ contactId })
    .where('conversationId', '=', conversationId)
    .where('contactId', 'is distinct from', contactId)
  atCommit(story)
}

/**
 * The conversation belongs to the contact's story unless it belongs to that of somebody who is there: who else writes in it does not take
 * it away. Whose it is instead, messaging says (`linkConversation`).
 */
export function placeConversation({ atCommit }: AtCommit, conversationId: string, contactId: string | RawBuilder<string>): void {
  atCommit(sql`
    insert into conversation_contact as place (conversation_id, contact_id) values (${conversationId}, ${contactId})
    on conflict (organization_id, conversation_id) do update set contact_id = excluded.contact_id
     where not exists (select from contact where contact.id = place.contact_id and (contact.deleted_at is null or contact.merged_into is not null))`)
  atCommit(sql`
    update timeline_entry set contact_id = place.contact_id from conversation_contact as place
     where place.conversation_id = ${conversationId} and timeline_entry.conversation_id = ${conversationId}
       and timeline_entry.contact_id is distinct from place.contact_id`)
}

/** Before the conversation goes from one contact to another: each was active when the rest of its story says. */
const activityFollows = (conversationId: string, contactId: string | RawBuilder<string>) => sql`
  with place as (
    select contact_id as from_id, to_id from conversation_contact cross join (select ${contactId}::uuid as to_id) as given
     where conversation_id = ${conversationId} and contact_id <> to_id
  ), moved as (
    select contact.id, contact.last_activity_at, place.* from contact join place on contact.id in (from_id, to_id) order by contact.id for update of contact
  )
  update contact set last_activity_at = case when moved.id = to_id
      then greatest(moved.last_activity_at, (select max(occurred_at) from timeline_entry where conversation_id = ${conversationId} and type in ('message.received', 'message.sent')))
      else coalesce((select occurred_at from timeline_entry where contact_id = from_id and conversation_id <> ${conversationId} and type in ('message.received', 'message.sent')
                      order by occurred_at desc, id desc limit 1), '-infinity') end
    from moved where contact.id = moved.id`

/** Who answers the conversation from now on: its entries are for whoever may read what is theirs. */
export async function noteAssignee({ atCommit, db }: Pick<Scope, 'db' | 'atCommit'>, conversationId: string, assigneeId: string | null): Promise<void> {
  const noted = db
    .insertInto('conversationContact')
    .values({ conversationId, contactId: null, assigneeId })
    .onConflict((conflict) => conflict.columns(['organizationId', 'conversationId']).doUpdateSet({ assigneeId }))
  atCommit(noted)
}
