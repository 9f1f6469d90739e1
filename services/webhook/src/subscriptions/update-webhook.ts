import { webhookUpdated, type UpdateWebhook, type Webhook } from '@ai-crm/contracts'
import { requireFreshProofUnlessKey } from '@ai-crm/platform'
import { isDeepStrictEqual } from 'node:util'
import type { Ctx, Db } from '../ctx.ts'
import { planSending } from '../deliveries/delivery-jobs.ts'
import { checkEventTypes, checkUrl } from './check-target.ts'
import { urlTaken } from './errors.ts'
import { lockSubscription } from './lock-subscription.ts'
import { toWebhook, type SubscriptionRow } from './subscription.ts'

type Facts = Pick<SubscriptionRow, 'url' | 'description' | 'eventTypes' | 'isEnabled'>

/** Without a difference nothing happens. Switched on again, it begins anew: nothing is held against it. */
export async function updateWebhook(ctx: Ctx, webhookId: string, expectedVersion: number, input: UpdateWebhook): Promise<Webhook> {
  const url = input.url === undefined ? undefined : checkUrl(ctx, input.url)
  const eventTypes = input.eventTypes === undefined ? undefined : checkEventTypes(input.eventTypes)
  return ctx.write(async ({ db, emit, enqueue }) => {
    const row = await lockSubscription(db, webhookId, expectedVersion)
    const next: Facts = {
      url: url ?? row.url,
      description: input.description ?? row.description,
      eventTypes: eventTypes ?? row.eventTypes,
      isEnabled: input.isEnabled ?? row.isEnabled,
    }
    const changes = differences(row, next)
    if (Object.keys(changes).length === 0) return toWebhook(row)
    // Wherever it leads from now on, it tells there what happens here.
    if (changes.url) requireFreshProofUnlessKey(ctx.rights?.proof ?? null)
    if (changes.url && (await isTaken(db, next.url))) throw urlTaken()
    const changed = await db
      .updateTable('subscription')
      .set({ ...next, ...(changes.isEnabled ? switched(next.isEnabled) : {}), version: row.version + 1 })
      .where('id', '=', webhookId)
      .returningAll()
      .executeTakeFirstOrThrow()
    await emit(webhookUpdated({ webhookId, changes }))
    if (changes.isEnabled) await planSending({ enqueue }, changed)
    return toWebhook(changed)
  })
}

const switched = (isOn: boolean) =>
  isOn ? { disabledReason: null, disabledAt: null, failingSince: null } : { disabledReason: 'person' as const, disabledAt: new Date() }

function differences(from: Facts, to: Facts) {
  const changed = <Value>(before: Value, after: Value) => (isDeepStrictEqual(before, after) ? undefined : { from: before, to: after })
  const all = {
    url: changed(from.url, to.url),
    description: changed(from.description, to.description),
    eventTypes: changed(from.eventTypes, to.eventTypes),
    isEnabled: changed(from.isEnabled, to.isEnabled),
  }
  return {
    ...(all.url ? { url: all.url } : {}),
    ...(all.description ? { description: all.description } : {}),
    ...(all.eventTypes ? { eventTypes: all.eventTypes } : {}),
    ...(all.isEnabled ? { isEnabled: all.isEnabled } : {}),
  }
}

const isTaken = async (db: Db, url: string): Promise<boolean> =>
  (await db.selectFrom('subscription').select('id').where('url', '=', url).where('deletedAt', 'is', null).executeTakeFirst()) !== undefined
