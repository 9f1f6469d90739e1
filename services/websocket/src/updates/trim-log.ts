import type { LiveUpdate } from '@ai-crm/contracts'
import type { Ctx } from '../ctx.ts'

/** The oldest rows are removed once in so many updates: a little more than the configured length is kept. */
const TRIM_EVERY = 100

/** Call after updates were numbered; a trim that a crash prevents is made up for by the next. */
export async function trimLog(ctx: Pick<Ctx, 'write' | 'config'>, updates: readonly LiveUpdate[]): Promise<void> {
  const milestone = updates.findLast(({ sequence }) => sequence % TRIM_EVERY === 0)
  if (!milestone) return
  await ctx.write(async ({ db }) => {
    await db
      .deleteFrom('liveUpdate')
      .where('sequence', '<=', milestone.sequence - ctx.config.LIVE_LOG_LENGTH)
      .execute()
  })
}
