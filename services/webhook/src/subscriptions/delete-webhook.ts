import { webhookDeleted } from '@ai-crm/contracts'
import { notFound } from '@ai-crm/platform'
import type { Ctx } from '../ctx.ts'
import { planPurge } from '../deliveries/delivery-jobs.ts'
import { subscriptions } from './subscription.ts'

/** From now on nothing leaves; the log is taken away in batches. */
export async function deleteWebhook(ctx: Ctx, webhookId: string): Promise<void> {
  await ctx.write(async ({ db, emit, enqueue }) => {
    const row = await subscriptions(db).where('id', '=', webhookId).forUpdate().executeTakeFirst()
    if (!row) throw notFound('webhook')
    const now = new Date()
    await db
      .updateTable('subscription')
      .set({
        deletedAt: now,
        isEnabled: false,
        disabledReason: 'person',
        disabledAt: now,
        previousSecret: null,
        previousSecretUntil: null,
        sealedSecret: Buffer.alloc(0),
      })
      .where('id', '=', webhookId)
      .execute()
    await emit(webhookDeleted({ webhookId }))
    await planPurge({ enqueue }, now)
  })
}
