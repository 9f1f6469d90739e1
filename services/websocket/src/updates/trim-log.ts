import type { LiveUpdate } from '@ai-crm/contracts'
import type { Ctx } from '../ctx.ts'

/** The oldest rows are removed once in so many updates: a twentieth more than the configured length is kept. */
const trimEvery = (length: number): number => Math.max(100, Math.floor(length / 20))

/** Call after an update was numbered; a trim that a crash prevents is made up for by the next. */
export async function trimLog(ctx: Pick<Ctx, 'write' | 'config'>, { sequence }: LiveUpdate): Promise<void> {
  const { LIVE_LOG_LENGTH: length } = ctx.config
  if (sequence % trimEvery(length) !== 0) return
  await ctx.write(async ({ db }) => {
    await db
      .deleteFrom('liveUpdate')
      .where('sequence', '<=', sequence - length)
      .execute()
  })
}
