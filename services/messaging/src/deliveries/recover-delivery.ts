import type { Ctx } from '../ctx.ts'
import { recoverDeliveryJob } from './delivery-jobs.ts'
import { settleUnknown } from './settle-delivery.ts'

/**
 * The end of a claim's lease: `sending` becomes `unknown`, never `queued` (C6). A lease that was renewed is looked at
 * again when it ends.
 */
export async function recoverDelivery(ctx: Ctx, { messageId, fence }: { messageId: string; fence: number }): Promise<void> {
  await ctx.write(async (scope) => {
    const row = await scope.db
      .selectFrom('delivery')
      .select('leaseUntil')
      .where('messageId', '=', messageId)
      .where('fence', '=', fence)
      .where('state', '=', 'sending')
      .forUpdate()
      .executeTakeFirst()
    if (!row?.leaseUntil) return
    if (row.leaseUntil > new Date()) return scope.enqueue(recoverDeliveryJob, { messageId, fence }, { runAt: row.leaseUntil, key: `${messageId}:${fence}` })
    await settleUnknown(scope, messageId, 'The process that was sending it died before it knew the answer.')
  })
}
