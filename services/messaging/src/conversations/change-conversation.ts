import { conversationUpdated } from '@ai-crm/contracts'
import type { Write } from '../ctx.ts'
import { changesBetween, type ConversationState } from './conversation-changes.ts'
import { wakeConversation } from './wake-conversation.ts'

/** Stores and announces what differs, and plans the end of a snooze. The row is locked by the caller. */
export async function changeConversation(
  { db, emit, enqueue }: Write,
  row: ConversationState & { id: string; version: number },
  next: ConversationState,
): Promise<void> {
  const changes = changesBetween(row, next)
  if (Object.keys(changes).length === 0) return
  await db
    .updateTable('conversation')
    .set({ status: next.status, assigneeId: next.assigneeId, snoozedUntil: next.snoozedUntil, version: row.version + 1 })
    .where('id', '=', row.id)
    .execute()
  await emit(conversationUpdated({ conversationId: row.id, changes }))
  if (changes.snoozedUntil && next.snoozedUntil) await enqueue(wakeConversation, { conversationId: row.id }, { runAt: next.snoozedUntil, key: row.id })
}
