import type { Ctx, Db, Write } from '../ctx.ts'
import { subscriptions, type SubscriptionRow } from '../subscriptions/subscription.ts'
import { LEASE_MS } from './delivery.ts'

/** Calls to one receiver at once, and of one organisation: nobody fills the process. */
const PER_WEBHOOK = 4
const PER_ORGANIZATION = 8
/** A webhook in trouble is asked by one call at a time. */
const IN_TROUBLE = 1
const FAIL_BATCH = 500

export interface ClaimedDelivery {
  readonly id: string
  readonly payload: string
  readonly fence: number
}
export interface Claim {
  readonly subscription: SubscriptionRow
  readonly deliveries: readonly ClaimedDelivery[]
}

/**
 * pending | waiting → sending for a few due deliveries, committed before they are called; also those whose holder died.
 * Null when there is nothing to send, or not now. What a switched-off webhook still has, fails here.
 */
export async function claimDue(ctx: Ctx, webhookId: string): Promise<Claim | null> {
  return ctx.write(async ({ db }) => {
    const subscription = await subscriptions(db).where('id', '=', webhookId).forUpdate().executeTakeFirst()
    if (!subscription) return null
    if (!subscription.isEnabled) return failRest(db, webhookId)
    const free = await freeCalls(db, subscription)
    if (free <= 0) return null
    const now = new Date()
    const due = await db
      .selectFrom('delivery')
      .select(['id', 'state', 'attempts'])
      .where('subscriptionId', '=', webhookId)
      .where('dueAt', '<=', now)
      .orderBy('dueAt')
      .limit(free)
      .forUpdate()
      .skipLocked()
      .execute()
    if (due.length === 0) return null
    await noteInterrupted(db, due)
    const deliveries = await db
      .updateTable('delivery')
      .set(({ eb }) => ({
        state: 'sending',
        fence: eb('fence', '+', 1),
        attempts: eb('attempts', '+', 1),
        roundAttempts: eb('roundAttempts', '+', 1),
        dueAt: new Date(now.getTime() + LEASE_MS),
      }))
      .where(
        'id',
        'in',
        due.map(({ id }) => id),
      )
      .returning(['id', 'payload', 'fence'])
      .execute()
    return { subscription, deliveries }
  })
}

async function freeCalls(db: Db, { id, failingSince }: SubscriptionRow): Promise<number> {
  const { mine, all } = await db
    .selectFrom('delivery')
    .select(({ fn }) => [fn.countAll<string>().as('all'), fn.countAll<string>().filterWhere('subscriptionId', '=', id).as('mine')])
    .where('state', '=', 'sending')
    .where('dueAt', '>', new Date())
    .executeTakeFirstOrThrow()
  return Math.min((failingSince ? IN_TROUBLE : PER_WEBHOOK) - Number(mine), PER_ORGANIZATION - Number(all))
}

/** An attempt whose end nobody saw stands in the log as what it is. */
async function noteInterrupted(db: Db, due: readonly { id: string; state: string; attempts: number }[]): Promise<void> {
  const lost = due.filter(({ state }) => state === 'sending')
  if (lost.length === 0) return
  await db
    .insertInto('attempt')
    .values(
      lost.map(({ id, attempts }) => ({
        deliveryId: id,
        number: attempts,
        startedAt: new Date(),
        durationMs: 0,
        failure: 'interrupted' as const,
        excerpt: '',
      })),
    )
    .onConflict((conflict) => conflict.columns(['organizationId', 'deliveryId', 'number']).doNothing())
    .execute()
}

async function failRest(db: Write['db'], webhookId: string): Promise<null> {
  const now = new Date()
  await db
    .updateTable('delivery')
    .set({ state: 'failed', failure: 'disabled', dueAt: null, settledAt: now })
    .where('id', 'in', (query) =>
      query
        .selectFrom('delivery')
        .select('id')
        .where('subscriptionId', '=', webhookId)
        .where('state', 'in', ['pending', 'waiting'])
        .orderBy('dueAt')
        .limit(FAIL_BATCH),
    )
    .execute()
  return null
}
