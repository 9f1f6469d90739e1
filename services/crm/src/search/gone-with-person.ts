import type { GoneDocument } from '@ai-crm/platform'
import { sql } from 'kysely'
import type { Ctx } from '../ctx.ts'

/** What the index has to forget with people: they themselves, and what was noted about them. */
export async function goneWithPerson({ db }: Pick<Ctx, 'db'>, contactIds: readonly string[]): Promise<GoneDocument[]> {
  const { rows } = await sql<{ kind: string; id: string }>`select 'contact' as kind, id from unnest(${contactIds}::uuid[]) as id
    union all select 'task', id from task where contact_id = any(${contactIds}::uuid[])
    union all select 'note', id from note where contact_id = any(${contactIds}::uuid[])`.execute(db)
  return rows.map(({ kind, id }) => ({ kind, id, version: null }))
}
