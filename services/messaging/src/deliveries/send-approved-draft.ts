import { messageHeld, messageQueued, type aiDraftApproved, type EventData } from '@ai-crm/contracts'
import type { Scope } from '../ctx.ts'
import { findNewerInbound } from './newer-inbound.ts'
import { openReply } from './open-reply.ts'
import { readOutboundFacts } from './outbound-facts.ts'
import { queueMessage } from './queue-message.ts'

/** A person approved: the message leaves, or is held when the customer has written what the draft has not seen. */
export async function sendApprovedDraft(scope: Scope, { data }: { data: EventData<typeof aiDraftApproved> }): Promise<void> {
  const idempotencyKey = `draft:${data.draftId}`
  const isKnown = await scope.db.selectFrom('delivery').select('messageId').where('idempotencyKey', '=', idempotencyKey).executeTakeFirst()
  if (isKnown) return

  const reply = await openReply(scope, scope.db, data.conversationId)
  const heldBy = await findNewerInbound(scope.db, data.conversationId, data.basedOnMessageId)
  await queueMessage(scope, scope, reply, {
    idempotencyKey,
    authorId: data.approvedBy,
    draftId: data.draftId,
    subject: data.subject,
    text: data.body,
    answersMessageId: data.basedOnMessageId,
    heldBy,
  })
  const { outbound, content } = await readOutboundFacts(scope.db, reply.messageId)
  await scope.emit(heldBy ? messageHeld({ ...outbound, newerMessageId: heldBy }) : messageQueued({ ...outbound, ...content }))
}
