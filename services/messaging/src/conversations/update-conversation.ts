import type { Conversation } from '@ai-crm/contracts'
import { requireMember, versionConflict, writable } from '@ai-crm/platform'
import type { Ctx } from '../ctx.ts'
import { changeConversation } from './change-conversation.ts'
import { nextState, type ConversationInput } from './conversation-changes.ts'
import { mayRead, mayWrite } from './conversation-reach.ts'
import { readChanged } from './get-conversation.ts'
import { viewerOf } from './viewer.ts'

/** Status, assignee, snooze, if the row is still the version that the client has seen. Throws 404, `recordLocked` (403), 409, `notAMember` (422). */
export async function updateConversation(ctx: Ctx, conversationId: string, expectedVersion: number, input: ConversationInput): Promise<Conversation> {
  return ctx.write(async (scope) => {
    const found = await scope.db
      .selectFrom('conversation')
      .select(['id', 'status', 'assigneeId', 'snoozedUntil', 'version', mayWrite(ctx).as('mayWrite')])
      .where('id', '=', conversationId)
      .where(mayRead(ctx))
      .forUpdate()
      .executeTakeFirst()
    const row = writable(found, 'conversation')
    if (row.version !== expectedVersion) throw versionConflict('conversation', row.version)
    const next = nextState(row, input, new Date())
    if (next.assigneeId !== row.assigneeId) await requireMember(ctx, scope.db, next.assigneeId, 'assigneeId')
    await changeConversation(scope, row, next)
    return readChanged(scope.db, conversationId, viewerOf(ctx))
  })
}
