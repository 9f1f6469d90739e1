import { defineFailpoint } from '@ai-crm/platform'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Ctx } from '../ctx.ts'
import type { SendOutcome } from '../smtp-sending/send-outcome.ts'
import { sendThroughRelay } from '../smtp-sending/send-through-relay.ts'
import { transportOf } from '../smtp-sending/transport.ts'
import { claimDelivery, type Claim } from './claim-delivery.ts'
import { HEARTBEAT_MS, LEASE_MS } from './delivery.ts'
import { settleDelivery } from './settle-delivery.ts'

const beforeCall = defineFailpoint('messaging.delivery.before-call', 'A reply is claimed and about to be handed to the relay')
const afterCall = defineFailpoint('messaging.delivery.after-call', 'The relay has answered for a reply; the answer is not stored')

/** One attempt: claim (commit), SMTP (no transaction), settle (commit). A repeat of the job finds nothing to claim. */
export async function attemptDelivery(ctx: Ctx, { messageId }: { messageId: string }): Promise<void> {
  const claim = await claimDelivery(ctx, messageId)
  if (!claim) return
  const heartbeat = setInterval(() => void renew(ctx, claim), HEARTBEAT_MS)
  try {
    beforeCall()
    const outcome = await send(ctx, claim)
    afterCall()
    ctx.log.info({ messageId, fence: claim.fence, outcome: outcome.kind }, 'delivery attempted')
    await settleFirmly(ctx, claim, outcome)
  } finally {
    clearInterval(heartbeat)
  }
}

async function send(ctx: Ctx, claim: Claim): Promise<SendOutcome> {
  const relay = transportOf(ctx.config)
  if (!relay) return { kind: 'deferred', reason: 'The local mailbox is not running', isRelayFault: true }
  return sendThroughRelay(relay, claim, { timeoutMs: ctx.config.SEND_TIMEOUT_MS, signal: ctx.signal })
}

const RETRY_WAITS_MS = [500, 1_000, 2_000, 4_000] as const

/** What is known must not be lost to a short absence of the database: it would become `unknown` for nothing. */
async function settleFirmly(ctx: Ctx, claim: Claim, outcome: SendOutcome): Promise<void> {
  for (const waitMs of RETRY_WAITS_MS) {
    try {
      return await settleDelivery(ctx, claim, outcome)
    } catch (error) {
      ctx.log.warn({ err: error, messageId: claim.messageId }, 'the result of a delivery could not be stored yet')
      await sleep(waitMs)
    }
  }
  await settleDelivery(ctx, claim, outcome)
}

async function renew(ctx: Ctx, { messageId, fence }: Claim): Promise<void> {
  try {
    await ctx.write(async ({ db }) => {
      await db
        .updateTable('delivery')
        .set({ leaseUntil: new Date(Date.now() + LEASE_MS) })
        .where('messageId', '=', messageId)
        .where('fence', '=', fence)
        .where('state', '=', 'sending')
        .execute()
    })
  } catch (error) {
    // The lease then runs out and the message becomes `unknown`; the result, if it comes, still settles it.
    ctx.log.warn({ err: error, messageId }, 'the lease of a delivery could not be renewed')
  }
}
