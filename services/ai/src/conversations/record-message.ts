import type { Write } from '../ctx.ts'

/** Messages kept per conversation: more than any draft reads. */
const KEPT_MESSAGES = 40

export interface RecordedMessage {
  conversationId: string
  id: string
  /** Version of the conversation when the message joined it: later messages have greater ones. */
  sequence: number
  direction: 'inbound' | 'outbound'
  text: string
  language: string | null
  isAutoReply: boolean
  occurredAt: string
}

/** Adds a message to the projection. False when it was there already (`message.sent` after `message.queued`). */
export async function recordMessage({ db, atCommit }: Write, message: RecordedMessage): Promise<boolean> {
  const inserted = await db
    .insertInto('conversationMessage')
    .values({ ...message, text: message.text.slice(0, 20_000) })
    .onConflict((conflict) => conflict.columns(['organizationId', 'id']).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!inserted) return false

  const surplus = db
    .deleteFrom('conversationMessage')
    .where('conversationId', '=', message.conversationId)
    .where('sequence', '<=', (query) =>
      query
        .selectFrom('conversationMessage as older')
        .select('older.sequence')
        .where('older.conversationId', '=', message.conversationId)
        .orderBy('older.sequence', 'desc')
        .offset(KEPT_MESSAGES)
        .limit(1),
    )
  atCommit(surplus)
  return true
}
