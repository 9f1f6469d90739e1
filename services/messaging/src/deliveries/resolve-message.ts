import { messageCancelled, messageQueued, messageSent, type Message } from '@ai-crm/contracts'
import { sql } from 'kysely'
import type { Ctx, Write } from '../ctx.ts'
import { readMessage } from '../messages/read-message.ts'
import { decided, type Decision } from './delivery.ts'
import { deliverMessage } from './delivery-jobs.ts'
import { nothingToDecide } from './errors.ts'
import { lockDelivery } from './lock-delivery.ts'
import { findAnswered } from './open-reply.ts'
import { readOutboundFacts } from './outbound-facts.ts'

/** A person's word about a failed, held or unknown message: the only way from those states to another attempt. Throws 404, `recordLocked` (403). */
export async function resolveMessage(ctx: Ctx, messageId: string, decision: Decision): Promise<Message> {
  return ctx.write(async (scope) => {
    const row = await lockDelivery(ctx, scope.db, messageId)
    const next = decided(row.state, decision)
    if (next === 'queued') await sendKnowingly(scope, messageId, row.conversationId)
    else if (next === 'cancelled') await discard(scope, messageId)
    else if (next === 'sent') await treatAsSent(scope, messageId)
    else throw nothingToDecide(row.state)
    return readMessage(scope.db, messageId)
  })
}

/** A new epoch of the same key: same bytes, same Message-ID, and it answers what is newest now. */
async function sendKnowingly({ db, emit, enqueue }: Write, messageId: string, conversationId: string): Promise<void> {
  const answered = await findAnswered(db, conversationId)
  const nextAttemptAt = new Date()
  await db
    .updateTable('delivery')
    .set({
      state: 'queued',
      nextAttemptAt,
      resendEpoch: sql<number>`resend_epoch + 1`,
      deferrals: 0,
      reason: null,
      newerMessageId: null,
      answersMessageId: answered?.id ?? null,
    })
    .where('messageId', '=', messageId)
    .execute()
  const { outbound, content } = await readOutboundFacts(db, messageId)
  await emit(messageQueued({ ...outbound, ...content }))
  await enqueue(deliverMessage, { messageId }, { runAt: nextAttemptAt, key: messageId })
}

async function discard({ db, emit }: Write, messageId: string): Promise<void> {
  await db.updateTable('delivery').set({ state: 'cancelled' }).where('messageId', '=', messageId).execute()
  const { outbound } = await readOutboundFacts(db, messageId)
  await emit(messageCancelled(outbound))
}

async function treatAsSent({ db, emit }: Write, messageId: string): Promise<void> {
  const sentAt = new Date()
  const response = 'confirmed by a person'
  await db.updateTable('delivery').set({ state: 'sent', sentAt, response }).where('messageId', '=', messageId).execute()
  const { outbound, content, rfcMessageId } = await readOutboundFacts(db, messageId)
  await emit(messageSent({ ...outbound, ...content, rfcMessageId, sentAt: sentAt.toISOString(), response }))
}
