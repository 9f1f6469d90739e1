import type { SearchedKind } from '@ai-crm/contracts'
import { indexDelay, type Job } from '@ai-crm/platform'
import { sql } from 'kysely'
import { z } from 'zod'
import type { Ctx, Scope } from '../ctx.ts'
import { goneMeanwhile } from './gone-with-person.ts'
import { documentsOf, type NamedRecord } from './record-documents.ts'

/** Something waits to be told to the index. Runs `feed`. */
export const feedIndex: Job<null> = { name: 'crm.feed-search-index', payload: z.null() }

const AT_ONCE = 500
/** While the index is away nothing is lost and nothing is hammered. */
const AGAIN_MS = 15_000

const notes = sql`hashtextextended('crm.search-change:' || platform.current_organization(), 0)`

/**
 * With the inbox row of the event: what happened is told to the index exactly when it counts as heard. A job that waits already is left alone,
 * row and time: nobody who notes waits for another, and a pause stays one. That the job may begin before this commits is what the lock is for.
 */
export async function noteChange({ db, enqueue, run }: Pick<Scope, 'db' | 'enqueue' | 'run'>, record: SearchedKind, recordId: string): Promise<void> {
  run(sql`select pg_advisory_xact_lock_shared(${notes})`)
  await db.insertInto('searchChange').values({ record, recordId }).execute()
  await enqueue(feedIndex, null, { key: 'feed', keepsWaiting: true })
}

async function forgetErased(ctx: Ctx, named: readonly NamedRecord[]): Promise<void> {
  if (!ctx.search) return
  const gone = await goneMeanwhile(
    ctx,
    named.map(({ id }) => id),
  )
  if (gone.length > 0) await ctx.search.write(ctx.organizationId, async () => gone, ctx.signal)
}

/** Tells the index how changed records are now, until nothing waits. May run twice at once, and again after any crash. */
export async function feed(ctx: Ctx): Promise<void> {
  // Whoever found this job waiting, and planned none of their own, has committed after that.
  await ctx.write(({ db }) => sql`select pg_advisory_xact_lock(${notes})`.execute(db))
  while (!ctx.signal.aborted) {
    const changes = await ctx.db.selectFrom('searchChange').select(['id', 'record', 'recordId', 'notedAt']).orderBy('id').limit(AT_ONCE).execute()
    const [oldest] = changes
    if (!oldest) return
    try {
      const named = changes.map(({ record, recordId }) => ({ record, id: recordId }))
      await ctx.search?.write(ctx.organizationId, () => documentsOf(ctx, named), ctx.signal)
      await forgetErased(ctx, named)
    } catch (error) {
      if (ctx.signal.aborted) throw error
      ctx.log.warn({ err: error, count: changes.length }, 'the search index does not take what changed; it is told later')
      await ctx.write(({ enqueue }) => enqueue(feedIndex, null, { key: 'feed', runAt: new Date(Date.now() + AGAIN_MS) }))
      return
    }
    const ids = changes.map(({ id }) => id)
    await ctx.write(({ db }) => db.deleteFrom('searchChange').where('id', 'in', ids).execute())
    indexDelay.observe((Date.now() - oldest.notedAt.getTime()) / 1_000)
  }
}
