import type { Ctx } from '../ctx.ts'
import { planPurge } from './delivery-jobs.ts'

const KEEP_MS = 30 * 24 * 3_600_000
const BATCH = 1_000
const NEXT_BATCH_MS = 1_000

/**
 * Takes away what is older than 30 days, and all of deleted webhooks; a batch at a time, daily while there is anything to
 * keep. A job of each organisation, not of the platform's retention: that one works across organisations, and what
 * customers wrote stands here. Its role has no right to see it.
 */
export async function purgeLog(ctx: Ctx): Promise<void> {
  await ctx.write(async ({ db, enqueue }) => {
    const deleted = db.selectFrom('subscription').select('id').where('deletedAt', 'is not', null)
    const old = await db
      .selectFrom('delivery')
      .select('id')
      .where(({ or, and, eb }) =>
        or([and([eb('createdAt', '<', new Date(Date.now() - KEEP_MS)), eb('state', 'in', ['delivered', 'failed'])]), eb('subscriptionId', 'in', deleted)]),
      )
      .limit(BATCH)
      .execute()
    if (old.length > 0)
      await db
        .deleteFrom('delivery')
        .where(
          'id',
          'in',
          old.map(({ id }) => id),
        )
        .execute()
    if (old.length === BATCH) return planPurge({ enqueue }, new Date(Date.now() + NEXT_BATCH_MS))
    await db
      .deleteFrom('subscription')
      .where('deletedAt', 'is not', null)
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('delivery')
              .select('delivery.id')
              .whereRef('delivery.organizationId', '=', 'subscription.organizationId')
              .whereRef('delivery.subscriptionId', '=', 'subscription.id'),
          ),
        ),
      )
      .execute()
    const left = await db.selectFrom('subscription').select('id').limit(1).executeTakeFirst()
    if (left) await planPurge({ enqueue })
  })
}
