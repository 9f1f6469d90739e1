import { sql } from 'kysely'
import type { Db, Scope } from '../ctx.ts'

/**
 * The contact of a conversation as far as CRM knows, or null. Takes the conversation's row until the end of the
 * transaction: whoever links it meanwhile waits, and then finds what is written here.
 */
export async function contactOfConversation(db: Db, conversationId: string): Promise<string | null> {
  const { contactId } = await db
    .insertInto('conversationContact')
    .values({ conversationId, contactId: null })
    .onConflict((conflict) => conflict.columns(['organizationId', 'conversationId']).doUpdateSet({ contactId: sql`conversation_contact.contact_id` }))
    .returning('contactId')
    .executeTakeFirstOrThrow()
  return contactId
}

/** From now on the conversation belongs to the contact's story, with all that was told of it before. */
export async function linkConversation({ db, atCommit }: Pick<Scope, 'db' | 'atCommit'>, conversationId: string, contactId: string): Promise<void> {
  const changed = await db
    .insertInto('conversationContact')
    .values({ conversationId, contactId })
    .onConflict((conflict) =>
      conflict.columns(['organizationId', 'conversationId']).doUpdateSet({ contactId }).where('conversationContact.contactId', 'is distinct from', contactId),
    )
    .returning('conversationId')
    .executeTakeFirst()
  if (!changed) return
  // At COMMIT, like the entries themselves: it finds those that this transaction wrote before.
  const story = db
    .updateTable('timelineEntry')
    .set({ contactId })
    .where('conversationId', '=', conversationId)
    .where('contactId', 'is distinct from', contactId)
  atCommit(story)
}

/** Who answers the conversation from now on: its entries are for whoever may read what is theirs. */
export async function noteAssignee({ atCommit, db }: Pick<Scope, 'db' | 'atCommit'>, conversationId: string, assigneeId: string | null): Promise<void> {
  const noted = db
    .insertInto('conversationContact')
    .values({ conversationId, contactId: null, assigneeId })
    .onConflict((conflict) => conflict.columns(['organizationId', 'conversationId']).doUpdateSet({ assigneeId }))
  atCommit(noted)
}
