import type { Conversation } from '@ai-crm/contracts'
import { notFound, versionConflict } from '@ai-crm/platform'
import type { Ctx } from '../ctx.ts'
import { changeConversation } from './change-conversation.ts'
import { nextState, type ConversationInput } from './conversation-changes.ts'
import { readConversation } from './get-conversation.ts'
import { viewerOf } from './viewer.ts'

/** Status, assignee, snooze, if the row is still the version that the client has seen. */
export async function updateConversation(ctx: Ctx, conversationId: string, expectedVersion: number, input: ConversationInput): Promise<Conversation> {
  return ctx.write(async (scope) => {
    const row = await scope.db
      .selectFrom('conversation')
      .select(['id', 'status', 'assigneeId', 'snoozedUntil', 'version'])
      .where('id', '=', conversationId)
      .forUpdate()
      .executeTakeFirst()
    if (!row) throw notFound('conversation')
    if (row.version !== expectedVersion) throw versionConflict('conversation', row.version)
    await changeConversation(scope, row, nextState(row, input, new Date()))
    return readConversation(scope.db, conversationId, viewerOf(ctx))
  })
}
