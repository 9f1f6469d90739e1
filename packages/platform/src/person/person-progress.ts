import { sql, type Kysely } from 'kysely'
import { z } from 'zod'

/** Rows that one statement looks for, and of a page where a table is walked through. */
export const BATCH = 500
const LARGEST_PAGE = 5_000

/**
 * Where an erasure is in this service, kept with each batch. States of a round: step after step, from the first; when something was found, another
 * round; when nothing was, what is kept is counted, and it is done.
 */
export const Progress = z.object({
  /** The step that is next; null: the first. */
  step: z.string().nullable().default(null),
  /** The key behind which that one goes on, where it walks. */
  after: z.array(z.string()).nullable().default(null),
  pageRows: z.int().positive().default(BATCH),
  /** In this round. */
  found: z.int().default(0),
  /** Steps whose rows no index finds fast enough: they walk through their table. */
  walked: z.array(z.string()).default([]),
  kept: z.record(z.string(), z.int()).default({}),
})
export type Progress = z.infer<typeof Progress>

/** Of an erasure that is not done here; null where it is. */
export async function readProgress(db: Kysely<unknown>, erasureId: string): Promise<Progress | null> {
  const { rows } = await sql<{ progress: unknown; isDone: boolean }>`
    select progress, finished_at is not null as "isDone" from person_erasure_part where erasure_id = ${erasureId}::uuid`.execute(db)
  const [row] = rows
  return row === undefined || row.isDone ? null : Progress.parse(row.progress)
}

/** With the batch that brought it there; `erased` more rows of the table of that name. */
export async function storeProgress(db: Kysely<unknown>, erasureId: string, progress: Progress, erased?: { name: string; count: number }): Promise<void> {
  const { name, count } = erased ?? { name: '', count: 0 }
  await sql`
    update person_erasure_part set progress = ${JSON.stringify(progress)}::jsonb,
           erased = case when ${count}::int = 0 then erased
                         else jsonb_set(erased, array[${name}::text], to_jsonb(coalesce((erased ->> ${name}::text)::int, 0) + ${count}::int)) end
     where erasure_id = ${erasureId}::uuid`.execute(db)
}

/** Pages as large as a statement bears well within its timeout. */
export const nextPageRows = (pageRows: number, tookMs: number): number =>
  tookMs < 300 ? Math.min(LARGEST_PAGE, pageRows * 2) : tookMs > 1_500 ? Math.max(1, Math.floor(pageRows / 2)) : pageRows
