import type { Ctx } from '../ctx.ts'
import { changeConversation } from './change-conversation.ts'

/** Opens a conversation whose snooze is over. A snooze that was moved or ended meanwhile is left alone. */
export async function wakeSnoozed(ctx: Ctx, { conversationId }: { conversationId: string }): Promise<void> {
  await ctx.write(async (scope) => {
    const row = await scope.db
      .selectFrom('conversation')
      .select(['id', 'status', 'assigneeId', 'snoozedUntil', 'version'])
      .where('id', '=', conversationId)
      .where('status', '=', 'snoozed')
      .where('snoozedUntil', '<=', new Date())
      .forUpdate()
      .executeTakeFirst()
    if (row) await changeConversation(scope, row, { status: 'open', assigneeId: row.assigneeId, snoozedUntil: null })
  })
}
