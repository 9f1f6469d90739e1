import { messageQueued, type Message, type SendReply } from '@ai-crm/contracts'
import { viewerOf } from '../conversations/viewer.ts'
import type { Ctx } from '../ctx.ts'
import { readMessage } from '../messages/read-message.ts'
import { newerMessage } from './errors.ts'
import { findNewerInbound } from './newer-inbound.ts'
import { openReply } from './open-reply.ts'
import { readOutboundFacts } from './outbound-facts.ts'
import { queueMessage } from './queue-message.ts'

/** Queues a reply. Throws 409 `newer_inbound` when the customer has written what the writer has not seen, unless forced. */
export async function sendReply(ctx: Ctx, conversationId: string, input: SendReply): Promise<Message> {
  return ctx.write(async (scope) => {
    const reply = await openReply(ctx, scope.db, conversationId)
    const newer = await findNewerInbound(scope.db, conversationId, input.answersMessageId)
    if (newer && !input.force) throw newerMessage(newer)
    await queueMessage(ctx, scope, reply, {
      idempotencyKey: `reply:${reply.messageId}`,
      authorId: viewerOf(ctx),
      draftId: null,
      subject: input.subject ?? '',
      text: input.text,
      answersMessageId: newer ?? input.answersMessageId,
      heldBy: null,
    })
    const { outbound, content } = await readOutboundFacts(scope.db, reply.messageId)
    await scope.emit(messageQueued({ ...outbound, ...content }))
    return readMessage(scope.db, reply.messageId)
  })
}
