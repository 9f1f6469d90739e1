import { inReach, inReachThrough, type Asker } from '@ai-crm/platform'
import { sql, type RawBuilder } from 'kysely'

/** A conversation, and its drafts with it, is of whom it is assigned to. */
const CONVERSATION = { table: 'conversation', id: 'id', owner: 'assigneeId' } as const
const CONTACT = { table: 'contact', id: 'id', owner: 'ownerId' } as const

/** Conditions on `conversation`. */
export const mayRead = (asker: Asker) => inReach(asker, 'conversation', 'read', 'conversation.assigneeId')
export const mayWrite = (asker: Asker) => inReach(asker, 'conversation', 'write', 'conversation.assigneeId')

/** Conditions on `draft`. */
export const mayReadDraft = (asker: Asker) => inReachThrough(asker, 'conversation', 'read', CONVERSATION, 'draft.conversationId')
export const mayWriteDraft = (asker: Asker) => inReachThrough(asker, 'conversation', 'write', CONVERSATION, 'draft.conversationId')

/** What of the contact of `conversation` is kept from the drafter, as the column `withheld` of a draft has it. */
export function withheldFrom(asker: Asker): RawBuilder<string[]> {
  const mayReadContact = inReachThrough(asker, 'contact', 'read', CONTACT, 'conversation.contactId')
  const hidden = asker.rights?.fields.contact?.['company'] === 'hidden' ? sql`'{company}'::text[]` : sql`'{}'::text[]`
  return sql<string[]>`case when ${mayReadContact} then ${hidden} else '{name,company}'::text[] end`
}
