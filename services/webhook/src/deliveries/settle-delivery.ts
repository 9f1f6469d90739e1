import { webhookDisabled } from '@ai-crm/contracts'
import type { Ctx, Write } from '../ctx.ts'
import { subscriptions, type SubscriptionRow } from '../subscriptions/subscription.ts'
import type { Outcome } from './call-receiver.ts'
import type { ClaimedDelivery } from './claim-due.ts'
import { nextAttemptAt, PATIENCE_MS } from './delivery.ts'

type Failed = Extract<Outcome, { kind: 'failed' }>
type Row = { attempts: number; roundAttempts: number; giveUpAt: Date }

/** Commits what a call came to. The holder of an older fence changes nothing any more. */
export async function settleDelivery(ctx: Ctx, webhookId: string, { id, fence }: ClaimedDelivery, startedAt: Date, outcome: Outcome): Promise<void> {
  const now = new Date()
  await ctx.write(async (scope) => {
    // In the order of claimDue: first the webhook, then its delivery.
    const subscription = await subscriptions(scope.db).where('id', '=', webhookId).forUpdate().executeTakeFirst()
    const row = await scope.db
      .selectFrom('delivery')
      .select(['attempts', 'roundAttempts', 'giveUpAt'])
      .where('id', '=', id)
      .where('fence', '=', fence)
      .where('state', '=', 'sending')
      .forUpdate()
      .executeTakeFirst()
    if (!row || !subscription) return
    if (outcome.kind === 'postponed') return postpone(scope, id, row, new Date(now.getTime() + outcome.retryAfterMs))
    await logAttempt(scope, id, row.attempts, startedAt, outcome)
    if (outcome.kind === 'delivered') return settleDelivered(scope, subscription, id, outcome.status, now)
    await settleFailed(scope, subscription, id, row, outcome, now)
  })
}

const postpone = async ({ db }: Write, id: string, { attempts, roundAttempts }: Row, dueAt: Date): Promise<void> => {
  await db
    .updateTable('delivery')
    .set({ state: 'waiting', dueAt, attempts: attempts - 1, roundAttempts: roundAttempts - 1 })
    .where('id', '=', id)
    .execute()
}

async function logAttempt({ db }: Write, deliveryId: string, number: number, startedAt: Date, outcome: Exclude<Outcome, { kind: 'postponed' }>): Promise<void> {
  const { status, excerpt } = outcome
  const failure = outcome.kind === 'failed' ? outcome.failure : null
  await db
    .insertInto('attempt')
    .values({ deliveryId, number, startedAt, durationMs: Date.now() - startedAt.getTime(), status, failure, excerpt })
    .execute()
}

async function settleDelivered({ db }: Write, subscription: SubscriptionRow, id: string, lastStatus: number, now: Date): Promise<void> {
  await db
    .updateTable('delivery')
    .set({ state: 'delivered', dueAt: null, lastStatus, failure: null, deliveredAt: now, settledAt: now })
    .where('id', '=', id)
    .execute()
  await db.updateTable('subscription').set({ failingSince: null, lastDeliveredAt: now }).where('id', '=', subscription.id).execute()
}

async function settleFailed(scope: Write, subscription: SubscriptionRow, id: string, row: Row, outcome: Failed, now: Date): Promise<void> {
  const { failure, status, retryAfterMs } = outcome
  // Our own stop is nobody's failure: at once again.
  const isOurs = failure === 'interrupted'
  const dueAt = failure === 'gone' ? null : isOurs ? now : nextAttemptAt({ ...row, retryAfterMs }, now)
  await scope.db
    .updateTable('delivery')
    .set({ state: dueAt ? 'waiting' : 'failed', dueAt, lastStatus: status, failure, settledAt: dueAt ? null : now })
    .where('id', '=', id)
    .execute()
  if (isOurs) return
  const failingSince = subscription.failingSince ?? now
  await scope.db.updateTable('subscription').set({ failingSince }).where('id', '=', subscription.id).execute()
  if (failure === 'gone') return disable(scope, subscription, 'gone', failingSince, now)
  if (now.getTime() - failingSince.getTime() >= PATIENCE_MS) await disable(scope, subscription, 'failing', failingSince, now)
}

async function disable(
  { db, emit }: Write,
  { id, url, isEnabled, version }: SubscriptionRow,
  reason: 'gone' | 'failing',
  failingSince: Date,
  now: Date,
): Promise<void> {
  if (!isEnabled) return
  await db
    .updateTable('subscription')
    .set({ isEnabled: false, disabledReason: reason, disabledAt: now, version: version + 1 })
    .where('id', '=', id)
    .execute()
  await emit(webhookDisabled({ webhookId: id, url, reason, failingSince: failingSince.toISOString() }))
}
