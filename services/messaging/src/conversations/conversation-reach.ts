import { inReach, inReachThrough, reachesAll, type Asker } from '@ai-crm/platform'
import { sql, type RawBuilder } from 'kysely'

/** A conversation is of whom it is assigned to. */
const CONVERSATION = { table: 'conversation', id: 'id', owner: 'assigneeId' } as const

/** Conditions on `conversation`. */
export const mayRead = (asker: Asker) => inReach(asker, 'conversation', 'read', 'conversation.assigneeId')
export const mayWrite = (asker: Asker) => inReach(asker, 'conversation', 'write', 'conversation.assigneeId')

/** Conditions on what has a conversation's id in the column `key`. */
export const mayReadThrough = (asker: Asker, key: string) => inReachThrough(asker, 'conversation', 'read', CONVERSATION, key)
export const mayWriteThrough = (asker: Asker, key: string) => inReachThrough(asker, 'conversation', 'write', CONVERSATION, key)

/** A condition on what has a message's id in the column `key`. */
export function ofReadableMessage(asker: Asker, key: string): RawBuilder<boolean> {
  if (reachesAll(asker, 'conversation', 'read')) return sql<boolean>`true`
  return sql<boolean>`exists (select from message as part where part.id = ${sql.ref(key)} and ${mayReadThrough(asker, 'part.conversationId')})`
}
