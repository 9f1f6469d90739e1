import { messageHeld } from '@ai-crm/contracts'
import { readContent } from '../content/read-content.ts'
import { SOURCE_PART } from '../content/store-content.ts'
import type { Ctx, Db, Write } from '../ctx.ts'
import { LEASE_MS } from './delivery.ts'
import { deliverMessage, recoverDeliveryJob } from './delivery-jobs.ts'
import { findNewerInbound } from './newer-inbound.ts'
import { readOutboundFacts } from './outbound-facts.ts'
import { HELD_REASON } from './queue-message.ts'

export interface Claim {
  messageId: string
  fence: number
  envelopeFrom: string
  to: string
  source: Uint8Array
}

/**
 * queued → sending, committed before the SMTP transaction, with the job that ends the claim if its holder dies. Null
 * when there is nothing to send now: taken back, claimed by another, too early, held, or the mailbox is locked out.
 */
export async function claimDelivery(ctx: Ctx, messageId: string): Promise<Claim | null> {
  return ctx.write(async (scope) => {
    const row = await lockDue(scope, messageId)
    if (!row) return null
    if (row.pausedUntil && row.pausedUntil > new Date()) return postpone(scope, messageId, row.pausedUntil)
    const newer = await findNewerInbound(scope.db, row.conversationId, row.answersMessageId)
    if (newer) return hold(scope, messageId, newer)

    const fence = row.fence + 1
    const leaseUntil = new Date(Date.now() + LEASE_MS)
    await scope.db
      .updateTable('delivery')
      .set({ state: 'sending', fence, attempts: row.attempts + 1, leaseUntil, nextAttemptAt: null })
      .where('messageId', '=', messageId)
      .execute()
    await scope.enqueue(recoverDeliveryJob, { messageId, fence }, { runAt: leaseUntil, key: `${messageId}:${fence}` })
    return { messageId, fence, envelopeFrom: row.envelopeFrom, to: row.toAddress, source: await readSource(scope.db, messageId) }
  })
}

async function readSource(db: Db, messageId: string): Promise<Buffer> {
  const { source, sizeBytes } = await db.selectFrom('rawMessage').select(['source', 'sizeBytes']).where('messageId', '=', messageId).executeTakeFirstOrThrow()
  return source ?? readContent(db, { messageId, part: SOURCE_PART, sizeBytes, isInline: false })
}

const lockDue = ({ db }: Write, messageId: string) =>
  db
    .selectFrom('delivery')
    .innerJoin('channel', (join) => join.onRef('channel.organizationId', '=', 'delivery.organizationId').onRef('channel.id', '=', 'delivery.channelId'))
    .select([
      'delivery.fence',
      'delivery.attempts',
      'delivery.envelopeFrom',
      'delivery.toAddress',
      'delivery.conversationId',
      'delivery.answersMessageId',
      'channel.pausedUntil',
    ])
    .where('delivery.messageId', '=', messageId)
    .where('delivery.state', '=', 'queued')
    .where('delivery.nextAttemptAt', '<=', new Date())
    .forUpdate('delivery')
    .executeTakeFirst()

async function postpone({ db, enqueue }: Write, messageId: string, until: Date): Promise<null> {
  await db.updateTable('delivery').set({ nextAttemptAt: until }).where('messageId', '=', messageId).execute()
  await enqueue(deliverMessage, { messageId }, { runAt: until, key: messageId })
  return null
}

async function hold({ db, emit }: Write, messageId: string, newerMessageId: string): Promise<null> {
  await db.updateTable('delivery').set({ state: 'held', nextAttemptAt: null, newerMessageId, reason: HELD_REASON }).where('messageId', '=', messageId).execute()
  const { outbound } = await readOutboundFacts(db, messageId)
  await emit(messageHeld({ ...outbound, newerMessageId }))
  return null
}
