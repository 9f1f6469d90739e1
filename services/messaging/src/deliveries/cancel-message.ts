import { messageCancelled, type Message } from '@ai-crm/contracts'
import type { Ctx } from '../ctx.ts'
import { readMessage } from '../messages/read-message.ts'
import { cannotCancel } from './errors.ts'
import { lockDelivery } from './lock-delivery.ts'
import { readOutboundFacts } from './outbound-facts.ts'

/** Takes back what has not begun to leave; the claim locks the same row, so one of the two wins. Throws 404, `recordLocked` (403). */
export async function cancelMessage(ctx: Ctx, messageId: string): Promise<Message> {
  return ctx.write(async ({ db, emit }) => {
    const row = await lockDelivery(ctx, db, messageId)
    if (row.state !== 'queued') throw cannotCancel(row.state)
    await db.updateTable('delivery').set({ state: 'cancelled', nextAttemptAt: null }).where('messageId', '=', messageId).execute()
    const { outbound } = await readOutboundFacts(db, messageId)
    await emit(messageCancelled(outbound))
    return readMessage(db, messageId)
  })
}
