import type { Job } from '@ai-crm/platform'
import { z } from 'zod'
import { lockTree } from '../companies/company-tree.ts'
import type { Ctx, Db } from '../ctx.ts'
import { batchCommitted } from '../operations/batch-committed.ts'
import { moveSome, returnSome } from './move-children.ts'
import { activityOfParted } from './parted-activity.ts'

/** What belongs to records that were merged or separated follows them, where it was too much for one transaction; runs `follow`. */
export const followMerge: Job<{ mergeId: string }> = { name: 'crm.follow-merge', payload: z.object({ mergeId: z.uuid() }) }

/** In batches, each change with its event: a crash goes on where it was. What the merge is by now says the direction. */
export async function follow(ctx: Ctx, { mergeId }: { mergeId: string }): Promise<void> {
  for (let isLeft = true; isLeft && !ctx.signal.aborted;) {
    isLeft = await step(ctx, mergeId)
    batchCommitted(followMerge.name)
  }
}

async function step(ctx: Ctx, mergeId: string): Promise<boolean> {
  return ctx.write(async (scope) => {
    const merge = await lockMerge(ctx, scope.db, mergeId)
    if (merge?.state !== 'moving' && merge?.state !== 'separating') return false
    const isMoving = merge.state === 'moving'
    const isLeft = await (isMoving ? moveSome(scope, merge, 'wait') : returnSome(scope, merge, 'wait'))
    if (isLeft) return true
    if (merge.record === 'contact' && !isMoving) await activityOfParted(scope.db, [merge.survivorId, merge.mergedId])
    await scope.db
      .updateTable('recordMerge')
      .set({ state: isMoving ? 'merged' : 'separated' })
      .where('id', '=', mergeId)
      .execute()
    return false
  })
}

/** The tree first, as whoever merges and parts companies does: daughters move. */
async function lockMerge(ctx: Ctx, db: Db, mergeId: string) {
  const merges = db.selectFrom('recordMerge').select(['id', 'record', 'survivorId', 'mergedId', 'state']).where('id', '=', mergeId)
  const found = await merges.executeTakeFirst()
  if (found?.record === 'company') await lockTree(ctx, db)
  return merges.forUpdate().executeTakeFirst()
}
