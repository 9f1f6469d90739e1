import { defineFailpoint } from '@ai-crm/platform'
import type { Ctx } from '../ctx.ts'
import { subscriptions } from '../subscriptions/subscription.ts'
import { callReceiver } from './call-receiver.ts'
import { claimDue, type Claim, type ClaimedDelivery } from './claim-due.ts'
import { planSending } from './delivery-jobs.ts'
import { settleDelivery } from './settle-delivery.ts'

const beforeCall = defineFailpoint('webhook.call.before', 'A delivery is claimed and about to be sent')
const afterCall = defineFailpoint('webhook.call.after', 'The receiver has answered; the answer is not stored')

/** A turn ends after this, or with the first failure; whoever else waits comes next. */
const TURN_MS = 5_000
/** Nothing is free (the organisation's other calls): look again. */
const BUSY_WAIT_MS = 1_000

/** One turn of a webhook: claim (commit), call (no transaction), settle (commit), until nothing is due; then plan the next. */
export async function sendDue(ctx: Ctx, { webhookId }: { webhookId: string }): Promise<void> {
  for (const endsAt = Date.now() + TURN_MS; Date.now() < endsAt && !ctx.signal.aborted;) {
    if (!(await ctx.flags.isStillOn('webhooks'))) break
    const claim = await claimDue(ctx, webhookId)
    if (!claim) break
    const went = await Promise.all(claim.deliveries.map((delivery) => attempt(ctx, claim, delivery)))
    if (went.includes('badly')) break
  }
  await planNext(ctx, webhookId)
}

async function attempt(ctx: Ctx, { subscription }: Claim, delivery: ClaimedDelivery): Promise<'well' | 'badly'> {
  const startedAt = new Date()
  beforeCall()
  const outcome = await callReceiver(ctx, subscription, delivery)
  afterCall()
  ctx.log.info({ webhookId: subscription.id, deliveryId: delivery.id, outcome: outcome.kind }, 'webhook called')
  await settleDelivery(ctx, subscription.id, delivery, startedAt, outcome)
  return outcome.kind === 'delivered' ? 'well' : 'badly'
}

/** The next turn is when the next delivery is due, or when the lease of one in work would end. */
async function planNext(ctx: Ctx, webhookId: string): Promise<void> {
  await ctx.write(async ({ db, enqueue }) => {
    // Locked: a delivery that is being inserted holds its webhook too (foreign key), so what is not seen here plans a turn of its own.
    const subscription = await subscriptions(db).where('id', '=', webhookId).forUpdate().executeTakeFirst()
    if (!subscription) return
    const next = await db
      .selectFrom('delivery')
      .select('dueAt')
      .where('subscriptionId', '=', webhookId)
      .where('dueAt', 'is not', null)
      .orderBy('dueAt')
      .limit(1)
      .executeTakeFirst()
    if (!next?.dueAt) return
    const now = Date.now()
    const waitMs = next.dueAt.getTime() <= now && subscription.isEnabled ? await busyWaitMs(db) : 0
    await planSending({ enqueue }, subscription, new Date(Math.max(next.dueAt.getTime(), now + waitMs)))
  })
}

/** With calls of the organisation in work there may be none free: then the next turn is not at once. */
async function busyWaitMs(db: Ctx['db']): Promise<number> {
  const busy = await db.selectFrom('delivery').select('id').where('state', '=', 'sending').limit(1).executeTakeFirst()
  return busy ? BUSY_WAIT_MS : 0
}
