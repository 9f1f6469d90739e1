import type { Job } from '@ai-crm/platform'
import { sql } from 'kysely'
import { z } from 'zod'
import type { Scope, Write } from '../ctx.ts'

export const findRottingJob: Job<Record<string, never>> = { name: 'pipeline.find-rotting', payload: z.object({}) }
/** The job is the only thing that remembers: it is not given up for a database that is away for an hour. */
const MAX_ATTEMPTS = 100
const DAY_MS = 86_400_000

/** One look of an organisation is planned, for when the next deal rots; a new one replaces it. */
export const planLook = ({ enqueue }: Pick<Write, 'enqueue'>, runAt: Date): Promise<void> =>
  enqueue(findRottingJob, {}, { key: 'rotting', runAt, maxAttempts: MAX_ATTEMPTS })

const LOCK = sql`hashtextextended('pipeline.rotting:' || platform.current_organization()::text, 0)`
/** Whoever looks is alone: it sees every stay of which the time was taken before, and every change of what stages allow. */
export const lockLooks = ({ run }: Pick<Scope, 'run'>): void => run(sql`select pg_advisory_xact_lock(${LOCK})`)

/** A deal came into a stage: if it is to rot there before anybody looks, that look is earlier. */
export async function watchStay(
  { db, run, enqueue }: Pick<Scope, 'db' | 'run' | 'enqueue'>,
  stay: { readonly stageId: string; readonly enteredAt: Date },
): Promise<void> {
  run(sql`select pg_advisory_xact_lock_shared(${LOCK})`)
  const [stage, watch] = await Promise.all([
    db.selectFrom('stage').select('rottingDays').where('id', '=', stay.stageId).executeTakeFirst(),
    db.selectFrom('rottingWatch').select('nextAt').executeTakeFirst(),
  ])
  if (!stage || stage.rottingDays === null) return
  const rotsAt = new Date(stay.enteredAt.getTime() + stage.rottingDays * DAY_MS)
  if (watch?.nextAt && watch.nextAt <= rotsAt) return
  await lookBy({ db, enqueue }, rotsAt)
}

/** What stages allow has changed: look at once. */
export const watchAnew = (scope: Pick<Write, 'db' | 'enqueue'>): Promise<void> => lookBy(scope, new Date())

/** Unless somebody looks earlier: a look that is planned replaces the one that was. */
async function lookBy({ db, enqueue }: Pick<Write, 'db' | 'enqueue'>, at: Date): Promise<void> {
  const { nextAt } = await db
    .insertInto('rottingWatch')
    .values({ nextAt: at })
    .onConflict((conflict) => conflict.column('organizationId').doUpdateSet({ nextAt: sql<Date>`least(rotting_watch.next_at, excluded.next_at)` }))
    .returning('nextAt')
    .executeTakeFirstOrThrow()
  await planLook({ enqueue }, nextAt ?? at)
}
