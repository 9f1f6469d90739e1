import { sql } from 'kysely'
import type { Scope } from '../ctx.ts'

type AtCommit = Pick<Scope, 'db' | 'atCommit'>

/** Remembers the newest activity, at COMMIT. Not a change of the contact: its version stays, no event follows. */
export function touchContact({ db, atCommit }: AtCommit, contactId: string, at: string): void {
  atCommit(db.updateTable('contact').set({ lastActivityAt: at }).where('id', '=', contactId).where('lastActivityAt', '<', new Date(at)))
}

/** `touchContact` of whomever the conversation is with at COMMIT; `contactId` is who it was with when the event happened. */
export function touchContactOfConversation({ atCommit }: AtCommit, conversation: { conversationId: string; contactId: string | null }, at: string): void {
  atCommit(sql`
    update contact set last_activity_at = ${at}::timestamptz
     where id = coalesce((select contact_id from conversation_contact where conversation_id = ${conversation.conversationId}), ${conversation.contactId}::uuid)
       and last_activity_at < ${at}::timestamptz`)
}
