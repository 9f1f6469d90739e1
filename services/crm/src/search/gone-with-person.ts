import type { GoneDocument } from '@ai-crm/platform'
import { sql } from 'kysely'
import type { Ctx } from '../ctx.ts'

const AT_ONCE = 500

/**
 * What the index has to forget with people, page by page: all that carries the mark of their erasure. The rows are gone by then, so the marks
 * are the only ones that know what was noted about them.
 */
export async function* goneWithPerson({ db }: Pick<Ctx, 'db'>, erasureId: string): AsyncGenerator<GoneDocument[]> {
  for (let after: string | null = null; ;) {
    const { rows }: { rows: { id: string }[] } = await sql<{ id: string }>`select id from erased_aggregate
      where erasure_id = ${erasureId}::uuid ${after === null ? sql`` : sql`and id > ${after}::uuid`} order by id limit ${AT_ONCE}`.execute(db)
    if (rows.length > 0) yield rows.map(gone)
    after = rows.at(-1)?.id ?? null
    if (after === null || rows.length < AT_ONCE) return
  }
}

/**
 * Those who were erased since they were read. Whoever writes to the index looks here afterwards: an erasure marks before it tells the
 * index, so one of the two always comes last.
 */
export async function goneMeanwhile({ db }: Pick<Ctx, 'db'>, ids: readonly string[]): Promise<GoneDocument[]> {
  const { rows } = await sql<{ id: string }>`select id from erased_aggregate where id = any(${ids}::uuid[])`.execute(db)
  return rows.map(gone)
}

const gone = ({ id }: { id: string }): GoneDocument => ({ kind: 'erased', id, version: null })
