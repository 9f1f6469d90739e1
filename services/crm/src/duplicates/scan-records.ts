import type { DuplicateScan, MergeRecord } from '@ai-crm/contracts'
import type { Job } from '@ai-crm/platform'
import { sql } from 'kysely'
import { z } from 'zod'
import type { Ctx, Db } from '../ctx.ts'
import { matchWithin } from './match-records.ts'

const BATCH = 200
/** Of one job: others have their turn between. */
const BATCHES = 20

/** Looks through all records of a kind, in the order of their ids; runs `scan`. */
export const scanRecords: Job<{ record: MergeRecord }> = { name: 'crm.scan-for-duplicates', payload: z.object({ record: z.enum(['contact', 'company']) }) }

/** Begins anew; one that runs already goes on. */
export async function startScan(ctx: Ctx, record: MergeRecord): Promise<DuplicateScan> {
  return ctx.write(async ({ db, enqueue }) => {
    await sql`
      insert into duplicate_scan as kept (record, total)
      values (${record}, (select count(*) from ${sql.table(record)} where deleted_at is null))
      on conflict (organization_id, record) do update
        set after_id = null, scanned = 0, total = excluded.total, started_at = excluded.started_at, finished_at = null
        where kept.finished_at is not null or kept.started_at < now() - interval '1 day'`.execute(db)
    await enqueue(scanRecords, { record }, { key: record })
    return readScan(db, record)
  })
}

export async function readScan(db: Db, record: MergeRecord): Promise<DuplicateScan> {
  const row = await db.selectFrom('duplicateScan').select(['scanned', 'total', 'finishedAt']).where('record', '=', record).executeTakeFirst()
  if (!row) return { state: 'never', scanned: 0, total: 0, finishedAt: null }
  const { scanned, total, finishedAt } = row
  return { state: finishedAt ? 'finished' : 'running', scanned: Math.min(scanned, total), total, finishedAt: finishedAt?.toISOString() ?? null }
}

/** Some batches, each with how far it is: a crash goes on where it was. */
export async function scan(ctx: Ctx, { record }: { record: MergeRecord }): Promise<void> {
  for (let batch = 0; batch < BATCHES && !ctx.signal.aborted; batch += 1) if (!(await scanSome(ctx, record))) return
  await ctx.write(({ enqueue }) => enqueue(scanRecords, { record }, { key: record }))
}

async function scanSome(ctx: Ctx, record: MergeRecord): Promise<boolean> {
  return ctx.write(async ({ db }) => {
    const progress = await db.selectFrom('duplicateScan').select(['afterId', 'finishedAt']).where('record', '=', record).executeTakeFirst()
    if (!progress || progress.finishedAt) return false
    const { afterId } = progress
    const rows = await db
      .selectFrom(record === 'contact' ? 'contact' : 'company')
      .select('id')
      .where('deletedAt', 'is', null)
      .$if(afterId !== null, (query) => query.where('id', '>', afterId ?? ''))
      .orderBy('id')
      .limit(BATCH)
      .execute()
    const ids = rows.map(({ id }) => id)
    await matchWithin(ctx, db, record, ids)
    const isOver = ids.length < BATCH
    await db
      .updateTable('duplicateScan')
      .set({
        scanned: sql<number>`scanned + ${ids.length}`,
        ...(ids.length === 0 ? {} : { afterId: ids.at(-1) }),
        ...(isOver ? { finishedAt: sql<Date>`date_trunc('milliseconds', now())` } : {}),
      })
      .where('record', '=', record)
      .execute()
    return !isOver
  })
}
