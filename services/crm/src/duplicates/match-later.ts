import type { MergeRecord } from '@ai-crm/contracts'
import type { Job } from '@ai-crm/platform'
import { sql } from 'kysely'
import { z } from 'zod'
import type { Ctx, Db, Scope } from '../ctx.ts'
import { matchWithin } from './match-records.ts'

const BATCH = 200
/** Of one job: others have their turn between. */
const BATCHES = 20

/** Which others do records look like that are new or were changed? Runs `matchNoted`, so that nobody who writes waits for it. */
export const matchRecords: Job<{ record: MergeRecord }> = { name: 'crm.match-records', payload: z.object({ record: z.enum(['contact', 'company']) }) }

/** What is written within this time is compared together. */
const TOGETHER_MS = 1_000

/** However many are noted, one job takes them all, at the end of the second in which they were. */
export async function matchLater({ atCommit, enqueue }: Pick<Scope, 'atCommit' | 'enqueue'>, record: MergeRecord, id: string): Promise<void> {
  atCommit(sql`
    insert into unmatched_record as noted (record, record_id) values (${record}, ${id})
    on conflict (organization_id, record, record_id) do update set times = noted.times + 1`)
  const second = Math.ceil((Date.now() + 1) / TOGETHER_MS)
  await enqueue(matchRecords, { record }, { key: `${record} ${second}`, runAt: new Date(second * TOGETHER_MS) })
}

/** Some batches: a crash goes on where it was. */
export async function matchNoted(ctx: Ctx, { record }: { record: MergeRecord }): Promise<void> {
  for (let batch = 0; batch < BATCHES && !ctx.signal.aborted; batch += 1) if ((await matchSome(ctx, record)) < BATCH) return
  await ctx.write(({ enqueue }) => enqueue(matchRecords, { record }, { key: record }))
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
