import type { MergeRecord } from '@ai-crm/contracts'
import { defineGathering, type Job } from '@ai-crm/platform'
import { sql } from 'kysely'
import { z } from 'zod'
import type { Ctx, Db, Scope } from '../ctx.ts'
import { matchWithin } from './match-records.ts'

const BATCH = 200
/** Of one job: others have their turn between. */
const BATCHES = 20

/** Which others do records look like that are new or were changed? Runs `matchNoted`, so that nobody who writes waits for it. */
export const matchRecords: Job<{ record: MergeRecord }> = { name: 'crm.match-records', payload: z.object({ record: z.enum(['contact', 'company']) }) }

const IMPORT_MS = 3_000

/** What is written within this time is compared together. */
const TOGETHER_MS = 1_000

const NOTES = defineGathering<{ readonly record: MergeRecord; readonly id: string }>({
  statementOf: (noted) => sql`
    insert into unmatched_record as noted (record, record_id, times)
    select record, id, count(*) from unnest(${noted.map(({ record }) => record)}::text[], ${noted.map(({ id }) => id)}::uuid[]) as given (record, id)
     group by record, id order by record, id
    on conflict (organization_id, record, record_id) do update set times = noted.times + excluded.times`,
})

/** However many are noted, one job takes them all, at the end of the second in which they were. */
export async function matchLater({ gather, enqueue }: Pick<Scope, 'gather' | 'enqueue'>, record: MergeRecord, id: string): Promise<void> {
  gather(NOTES, { record, id })
  const second = Math.ceil((Date.now() + 1) / TOGETHER_MS)
  await enqueue(matchRecords, { record }, { key: `${record} ${second}`, runAt: new Date(second * TOGETHER_MS) })
}

/** Some batches: a crash goes on where it was. While an import stores its rows they wait: comparing takes as long as storing, and nobody waits for it. */
export async function matchNoted(ctx: Ctx, { record }: { record: MergeRecord }): Promise<void> {
  if (await isImporting(ctx.db)) return again(ctx, record, IMPORT_MS)
  for (let batch = 0; batch < BATCHES && !ctx.signal.aborted; batch += 1) if ((await matchSome(ctx, record)) < BATCH) return
  await again(ctx, record, 0)
}

const again = (ctx: Ctx, record: MergeRecord, inMs: number): Promise<void> =>
  ctx.write(({ enqueue }) => enqueue(matchRecords, { record }, { key: record, runAt: new Date(Date.now() + inMs) }))

/** Of whatever records: those of contacts and of deals make companies too. */
async function isImporting(db: Db): Promise<boolean> {
  const { rows } = await sql`select from operation where kind = 'import' and status in ('waiting', 'running') limit 1`.execute(db)
  return rows.length > 0
}

type Noted = { readonly id: string; readonly times: number }

async function matchSome(ctx: Ctx, record: MergeRecord): Promise<number> {
  return ctx.write(async ({ db }) => {
    const { rows } = await sql<Noted>`select record_id as id, times from unmatched_record where record = ${record} order by record_id limit ${BATCH}`.execute(
      db,
    )
    await matchWithin(
      ctx,
      db,
      record,
      rows.map(({ id }) => id),
    )
    await forgetMatched(db, record, rows)
    return rows.length
  })
}

/** But for those that were noted again meanwhile. */
export async function forgetMatched(db: Db, record: MergeRecord, matched: readonly Noted[]): Promise<void> {
  await sql`
    delete from unmatched_record as noted using jsonb_to_recordset(${JSON.stringify(matched)}::jsonb) as matched (id uuid, times integer)
     where noted.record = ${record} and noted.record_id = matched.id and noted.times = matched.times`.execute(db)
}

const COMPARED: Readonly<Record<MergeRecord, readonly string[]>> = {
  contact: ['name', 'email', 'emails', 'phone', 'phones', 'telegrams', 'company'],
  company: ['name', 'domains', 'phone'],
}

/** Whether a change is of anything that records are compared by. */
export const isCompared = (record: MergeRecord, changes: object): boolean => COMPARED[record].some((field) => field in changes)
