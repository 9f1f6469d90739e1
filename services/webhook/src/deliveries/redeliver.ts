import type { WebhookDelivery } from '@ai-crm/contracts'
import { notFound } from '@ai-crm/platform'
import type { Ctx, Db } from '../ctx.ts'
import { switchedOff } from '../subscriptions/errors.ts'
import { subscriptions, type SubscriptionRow } from '../subscriptions/subscription.ts'
import { MAX_ATTEMPTS, ROUND_MS } from './delivery.ts'
import { planSending, redeliverFailedJob } from './delivery-jobs.ts'
import { toDelivery } from './delivery-row.ts'
import { onItsWay, tooManyAttempts } from './errors.ts'

const BATCH = 100
const BATCH_WAIT_MS = 3_000

/** A new round for one delivery: same bytes, same webhook-id. */
export async function redeliver(ctx: Ctx, deliveryId: string): Promise<WebhookDelivery> {
  return ctx.write(async ({ db, enqueue }) => {
    const found = await db.selectFrom('delivery').select('subscriptionId').where('id', '=', deliveryId).executeTakeFirst()
    if (!found) throw notFound('delivery')
    const subscription = await enabled(db, found.subscriptionId)
    const row = await db.selectFrom('delivery').select(['state', 'attempts']).where('id', '=', deliveryId).forUpdate().executeTakeFirst()
    if (!row) throw notFound('delivery')
    if (row.state === 'pending' || row.state === 'sending') throw onItsWay()
    if (row.attempts >= MAX_ATTEMPTS) throw tooManyAttempts(MAX_ATTEMPTS)
    const changed = await db.updateTable('delivery').set(newRound()).where('id', '=', deliveryId).returningAll().executeTakeFirstOrThrow()
    await planSending({ enqueue }, subscription)
    return toDelivery(changed)
  })
}

/** Plans a new round for all that failed since a moment; the answer is how many there are. */
export async function redeliverFailed(ctx: Ctx, webhookId: string, since: string): Promise<{ count: number }> {
  return ctx.write(async ({ db, enqueue }) => {
    await enabled(db, webhookId)
    // What fails from now on is not taken again by the same wish.
    const payload = { webhookId, since, before: new Date().toISOString() }
    const { count } = await failed(db, payload)
      .select(({ fn }) => fn.countAll<string>().as('count'))
      .executeTakeFirstOrThrow()
    await enqueue(redeliverFailedJob, payload, { key: webhookId })
    return { count: Number(count) }
  })
}

/** A hundred at a time, and time between: the receiver has just come back. */
export async function redeliverBatch(ctx: Ctx, payload: { webhookId: string; since: string; before: string }): Promise<void> {
  await ctx.write(async ({ db, enqueue }) => {
    const subscription = await subscriptions(db).where('id', '=', payload.webhookId).forUpdate().executeTakeFirst()
    if (!subscription?.isEnabled) return
    const rows = await failed(db, payload).select('id').orderBy('settledAt').limit(BATCH).execute()
    if (rows.length === 0) return
    await db
      .updateTable('delivery')
      .set(newRound())
      .where(
        'id',
        'in',
        rows.map(({ id }) => id),
      )
      .execute()
    await planSending({ enqueue }, subscription)
    if (rows.length === BATCH) await enqueue(redeliverFailedJob, payload, { key: payload.webhookId, runAt: new Date(Date.now() + BATCH_WAIT_MS) })
  })
}

const newRound = () => ({
  state: 'pending' as const,
  dueAt: new Date(),
  giveUpAt: new Date(Date.now() + ROUND_MS),
  roundAttempts: 0,
  deliveredAt: null,
  settledAt: null,
})

const failed = (db: Db, { webhookId, since, before }: { webhookId: string; since: string; before: string }) =>
  db
    .selectFrom('delivery')
    .where('subscriptionId', '=', webhookId)
    .where('state', '=', 'failed')
    .where('settledAt', '>=', new Date(since))
    .where('settledAt', '<', new Date(before))
    .where('attempts', '<', MAX_ATTEMPTS)

/** Locked, as everything that plans for it does. */
async function enabled(db: Db, webhookId: string): Promise<SubscriptionRow> {
  const subscription = await subscriptions(db).where('id', '=', webhookId).forUpdate().executeTakeFirst()
  if (!subscription) throw notFound('webhook')
  if (!subscription.isEnabled) throw switchedOff()
  return subscription
}
