import { messageFailed, messageSent, messageUnconfirmed } from '@ai-crm/contracts'
import type { Ctx, Write } from '../ctx.ts'
import type { SendOutcome } from '../smtp-sending/send-outcome.ts'
import type { Claim } from './claim-delivery.ts'
import { LOCKED_OUT_MS, retryDelayMs } from './delivery.ts'
import { deliverMessage } from './delivery-jobs.ts'
import { readOutboundFacts } from './outbound-facts.ts'

interface Row {
  messageId: string
  channelId: string
  state: string
  deferrals: number
}

/** Commits what the SMTP transaction came to. The holder of an older fence changes nothing any more. */
export async function settleDelivery(ctx: Ctx, claim: Claim, outcome: SendOutcome): Promise<void> {
  await ctx.write(async (scope) => {
    const row = await scope.db
      .selectFrom('delivery')
      .select(['messageId', 'channelId', 'state', 'deferrals'])
      .where('messageId', '=', claim.messageId)
      .where('fence', '=', claim.fence)
      .where('state', 'in', ['sending', 'unknown'])
      .forUpdate()
      .executeTakeFirst()
    if (!row) return
    if (outcome.kind === 'sent') return settleSent(scope, row, outcome.response)
    // The lease ran out meanwhile: only certainty about success is worth more than `unknown`.
    if (row.state === 'unknown') return
    if (outcome.kind === 'interrupted') return requeue(scope, row, outcome.reason, new Date(), row.deferrals)
    await noteTrouble(scope, row, outcome)
    if (outcome.kind === 'unknown') return settleUnknown(scope, row.messageId, outcome.reason)
    if (outcome.kind === 'refused') return settleFailed(scope, row, outcome.reason)
    if (outcome.kind === 'locked-out') return requeue(scope, row, outcome.reason, new Date(Date.now() + LOCKED_OUT_MS), row.deferrals)
    const deferrals = row.deferrals + 1
    if (deferrals >= ctx.config.SEND_MAX_ATTEMPTS) return settleFailed(scope, row, outcome.reason)
    await requeue(scope, row, outcome.reason, new Date(Date.now() + retryDelayMs(deferrals, ctx.config.SEND_RETRY_SECONDS)), deferrals)
  })
}

async function settleSent({ db, emit }: Write, { messageId, channelId }: Row, response: string): Promise<void> {
  const sentAt = new Date()
  await db.updateTable('delivery').set({ state: 'sent', sentAt, response, reason: null, leaseUntil: null }).where('messageId', '=', messageId).execute()
  await db.updateTable('channel').set({ lastOutboundAt: sentAt, lastError: null, pausedUntil: null }).where('id', '=', channelId).execute()
  const { outbound, content, rfcMessageId } = await readOutboundFacts(db, messageId)
  await emit(messageSent({ ...outbound, ...content, rfcMessageId, sentAt: sentAt.toISOString(), response }))
}

/** Also the end of a lease: see recover-delivery.ts. */
export async function settleUnknown({ db, emit }: Write, messageId: string, reason: string): Promise<void> {
  await db.updateTable('delivery').set({ state: 'unknown', reason, leaseUntil: null }).where('messageId', '=', messageId).execute()
  const { outbound } = await readOutboundFacts(db, messageId)
  await emit(messageUnconfirmed({ ...outbound, reason }))
}

async function settleFailed({ db, emit }: Write, { messageId }: Row, reason: string): Promise<void> {
  await db.updateTable('delivery').set({ state: 'failed', reason, leaseUntil: null }).where('messageId', '=', messageId).execute()
  const { outbound } = await readOutboundFacts(db, messageId)
  await emit(messageFailed({ ...outbound, reason }))
}

async function requeue({ db, enqueue }: Write, { messageId }: Row, reason: string, nextAttemptAt: Date, deferrals: number): Promise<void> {
  await db.updateTable('delivery').set({ state: 'queued', reason, leaseUntil: null, nextAttemptAt, deferrals }).where('messageId', '=', messageId).execute()
  await enqueue(deliverMessage, { messageId }, { runAt: nextAttemptAt, key: messageId })
}

/** A refused recipient says nothing about the mailbox; a relay that does not work, or refuses us, does. */
async function noteTrouble({ db }: Write, { channelId }: Row, outcome: Exclude<SendOutcome, { kind: 'sent' | 'interrupted' }>): Promise<void> {
  if (outcome.kind === 'refused' || (outcome.kind === 'deferred' && !outcome.isRelayFault)) return
  const pausedUntil = outcome.kind === 'locked-out' ? { pausedUntil: new Date(Date.now() + LOCKED_OUT_MS) } : {}
  await db
    .updateTable('channel')
    .set({ lastError: outcome.reason, ...pausedUntil })
    .where('id', '=', channelId)
    .execute()
}
