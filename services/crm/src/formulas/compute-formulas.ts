import { FieldRecord, fieldUpdated } from '@ai-crm/contracts'
import type { Job } from '@ai-crm/platform'
import { sql } from 'kysely'
import { z } from 'zod'
import type { Ctx } from '../ctx.ts'
import { feedIndex } from '../search/feed-index.ts'

const BATCH = 500
/** Of one job: others have their turn between. */
const BATCHES = 40

const Payload = z.object({
  record: FieldRecord,
  afterId: z.uuid().nullable(),
  rounds: z.record(z.uuid(), z.number()).optional(),
  /** In place of rounds in a job from before there were any: then every formula was at round 0. */
  versions: z.record(z.uuid(), z.number()).optional(),
})

/**
 * What formulas come to in the records that were there before they were changed; runs `compute`. `rounds`: of the formulas that wait for it, as
 * they were when it was asked for; of one that was changed since a job of its own says that it is done.
 */
export const computeFormulas: Job<z.infer<typeof Payload>> = { name: 'crm.compute-formulas', payload: Payload }

/** Some batches in the order of the ids; a crash begins this part again, which changes nothing a second time. */
export async function compute(ctx: Ctx, { record, afterId, versions = {}, rounds = atFirst(versions) }: z.infer<typeof Payload>): Promise<void> {
  let last = afterId
  for (let batch = 0; batch < BATCHES && !ctx.signal.aborted; batch += 1) {
    const next = await computeSome(ctx, record, last)
    if (next === null) return finish(ctx, rounds)
    last = next
  }
  await ctx.write(({ enqueue }) => enqueue(computeFormulas, { record, afterId: last, rounds }))
}

const atFirst = (versions: Readonly<Record<string, number>>) => Object.fromEntries(Object.keys(versions).map((id) => [id, 0]))

/**
 * The id of the last record that was looked at; null behind all. Writing `custom` computes it (`keep_formulas`): whoever writes a record meanwhile is
 * waited for. No event tells an index beside the database of words that are found by: it is told here.
 */
async function computeSome(ctx: Ctx, record: FieldRecord, afterId: string | null): Promise<string | null> {
  const table = sql.table(record)
  return ctx.write(async ({ db, enqueue }) => {
    const { rows } = await sql<{ last: string | null; told: number }>`
      with looked as (
        select id, organization_id, to_jsonb(one) as written, custom from ${table} as one
         where ${afterId}::uuid is null or id > ${afterId}::uuid order by id limit ${BATCH}
      ), computed as (
        update ${table} as one set custom = one.custom from looked
         where one.id = looked.id and crm.with_formulas(looked.organization_id, ${record}, looked.written) is distinct from looked.custom
        returning one.id, crm.custom_words(one.organization_id, one.custom) is distinct from crm.custom_words(one.organization_id, looked.custom) as has_words
      ), told as (
        insert into search_change (record, record_id) select ${record}, id from computed where has_words and ${ctx.search !== null} returning id
      )
      select (select id from looked order by id desc limit 1) as last, (select count(*)::int from told) as told`.execute(db)
    const [looked] = rows
    if (looked && looked.told > 0) await enqueue(feedIndex, null, { key: 'feed' })
    return looked?.last ?? null
  })
}

/** Tells that nothing old is left. */
async function finish(ctx: Ctx, rounds: Readonly<Record<string, number>>): Promise<void> {
  const isDone = Object.entries(rounds).map(([id, round]) => sql<boolean>`(id = ${id}::uuid and formula_round = ${round})`)
  if (isDone.length === 0) return
  await ctx.write(async ({ db, emit }) => {
    const done = await db
      .updateTable('field')
      .set({ isComputing: false, version: sql<number>`version + 1`, updatedAt: sql<Date>`date_trunc('milliseconds', now())` })
      .where('isComputing', '=', true)
      .where(sql<boolean>`(${sql.join(isDone, sql` or `)})`)
      .returning('id')
      .execute()
    for (const { id } of done) await emit(fieldUpdated({ fieldId: id, changes: { isComputing: { from: true, to: false } } }))
  })
}
