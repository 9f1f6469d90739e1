import type { Job } from '@ai-crm/platform'
import { z } from 'zod'
import type { Ctx, Write } from '../ctx.ts'
import { getForecast } from './get-forecast.ts'
import { KEPT_MONTHS } from './snapshot-since.ts'

export const takeSnapshotsJob: Job<Record<string, never>> = { name: 'pipeline.take-snapshots', payload: z.object({}) }

const DAY_MS = 86_400_000
/** The job is the only thing that remembers. */
const MAX_ATTEMPTS = 100

/** The next Monday, early: a forecast of every week. 1970-01-01 was a Thursday. */
export function nextMonday(now: Date): Date {
  const days = Math.floor(now.getTime() / DAY_MS)
  return new Date((days + 7 - ((days + 3) % 7)) * DAY_MS)
}

export const planSnapshots = ({ enqueue }: Pick<Write, 'enqueue'>, runAt = nextMonday(new Date())): Promise<void> =>
  enqueue(takeSnapshotsJob, {}, { key: 'weekly', runAt, maxAttempts: MAX_ATTEMPTS })

/** Keeps the forecast of each living pipeline as it is today, for the whole organisation; once a day, whoever asks again. */
export async function takeSnapshots(ctx: Ctx): Promise<void> {
  const pipelines = await ctx.db.selectFrom('pipeline').select('id').where('archivedAt', 'is', null).execute()
  for (const { id: pipelineId } of pipelines) {
    const takenAt = new Date()
    const takenOn = takenAt.toISOString().slice(0, 10)
    const { parts } = await getForecast(ctx, pipelineId, { months: KEPT_MONTHS, zone: 'UTC' })
    const rows = parts.flatMap(({ part, lines }) => lines.map((line) => ({ ...line, pipelineId, takenOn, takenAt, part })))
    if (rows.length === 0) continue
    await ctx.write(({ db }) =>
      db
        .insertInto('forecastSnapshot')
        .values(rows)
        .onConflict((conflict) => conflict.doNothing())
        .execute(),
    )
  }
  await ctx.write(planSnapshots)
}
