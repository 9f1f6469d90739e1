import type { LiveUpdate } from '@ai-crm/contracts'
import type { Ctx } from '../ctx.ts'

/** The oldest rows are removed once in so many updates: a little more than the configured length is kept. */
const TRIM_EVERY = 100

/** Call after an update was numbered; a trim that a crash prevents is made up for by the next. */
export async function trimLog(ctx: Pick<Ctx, 'write' | 'config'>, { sequence }: LiveUpdate): Promise<void> {
  if (sequence % TRIM_EVERY !== 0) return
  await ctx.write(async ({ db }) => {
    await db
      .deleteFrom('liveUpdate')
      .where('sequence', '<=', sequence - ctx.config.LIVE_LOG_LENGTH)
      .execute()
  })
}
