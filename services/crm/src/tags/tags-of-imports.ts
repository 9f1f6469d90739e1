import { MAX_TAGS, tagCreated, tagDeleted } from '@ai-crm/contracts'
import { sql } from 'kysely'
import { changedSince, operationDenied, stillUsed } from '../changes/errors.ts'
import type { Ctx, Db, Scope } from '../ctx.ts'
import { nameTaken, tooManyTags } from './errors.ts'

/** What became of a tag; `detail`: its name. */
export interface TagStep {
  readonly outcome: 'changed' | 'unchanged' | 'skipped'
  readonly code?: string
  readonly detail?: string
  /** Of the event that tells it. */
  readonly version?: number
}

interface Known {
  readonly recordId: string
  /** Whoever has changed it since has made it theirs. */
  readonly version: number
}

interface Row {
  readonly id: string
  readonly name: string
  readonly color: string
  readonly version: number
  readonly isDeleted: boolean
  /** Of a living one: whether a record has it, or a view or a rule of a stage names it. Of a deleted one: whether another has its name by now. */
  readonly isTaken: boolean
}

const NAMED = sql`exists (select from record_tag where record_tag.tag_id = tag.id)
  or exists (select from view where view.deleted_at is null and view.filter::text like '%' || tag.id || '%')
  or exists (select from stage where stage.rules::text like '%' || tag.id || '%')`
const HAS_NAMESAKE = sql`exists (select from tag as other where other.folded_name = tag.folded_name and other.deleted_at is null and other.id <> tag.id)`

/** Locked first, then looked at: whoever marks a record with one has done so by then, or waits. */
async function lockAll(db: Db, known: readonly Known[]): Promise<Row[]> {
  const ids = known.map(({ recordId }) => recordId)
  await sql`select from tag where id = any(${ids}::uuid[]) order by id for update`.execute(db)
  const { rows } = await sql<Row>`
    select id, name, color, version, deleted_at is not null as "isDeleted", case when deleted_at is null then ${NAMED} else ${HAS_NAMESAKE} end as "isTaken"
      from tag where id = any(${ids}::uuid[])`.execute(db)
  return rows
}

const mayManage = ({ rights }: Ctx): boolean => !rights || rights.permissions.has('crm.tag.manage')

type Judged = (row: Row) => { readonly code: string } | null

async function judgeAll(ctx: Ctx, db: Db, known: readonly Known[], isDeleted: boolean, judge: Judged): Promise<{ moved: Row[]; steps: Map<string, TagStep> }> {
  const versions = new Map(known.map(({ recordId, version }) => [recordId, version]))
  const steps = new Map<string, TagStep>()
  const moved: Row[] = []
  for (const row of await lockAll(db, known)) {
    const { id, name: detail } = row
    if (row.isDeleted !== isDeleted) continue
    const refusal = mayManage(ctx) ? (row.version === versions.get(id) ? judge(row) : changedSince('')) : operationDenied('change')
    steps.set(id, refusal ? { outcome: 'skipped', code: refusal.code, detail } : { outcome: 'changed', detail, version: row.version + 1 })
    if (!refusal) moved.push(row)
  }
  return { moved, steps }
}

/** Deletes those that no record has, as nobody has changed them. Theirs is no job: no record has to let go of one. */
export async function endUnusedTags(ctx: Ctx, { db, emitAll }: Pick<Scope, 'db' | 'emitAll'>, known: readonly Known[]): Promise<Map<string, TagStep>> {
  const { moved, steps } = await judgeAll(ctx, db, known, false, ({ isTaken }) => (isTaken ? stillUsed() : null))
  await move(db, moved, sql`now()`)
  await emitAll(moved.map(({ id }) => tagDeleted({ tagId: id, mergedInto: null })))
  return steps
}

/** Brings back what was deleted so, under a name that is still free. */
export async function reviveTags(ctx: Ctx, { db, emitAll }: Pick<Scope, 'db' | 'emitAll'>, known: readonly Known[]): Promise<Map<string, TagStep>> {
  await sql`select pg_advisory_xact_lock(hashtextextended('crm.tags:' || ${ctx.organizationId}::text, 0))`.execute(db)
  const { rows } = await sql<{ count: number }>`select count(*)::integer as count from tag where deleted_at is null`.execute(db)
  let room = MAX_TAGS - (rows[0]?.count ?? 0)
  const { moved, steps } = await judgeAll(ctx, db, known, true, ({ name, isTaken }) => (isTaken ? nameTaken(name) : room-- > 0 ? null : tooManyTags(MAX_TAGS)))
  await move(db, moved, sql`null`)
  await emitAll(moved.map(({ id, name, color }) => tagCreated({ tagId: id, name, color })))
  return steps
}

async function move(db: Db, rows: readonly Row[], deletedAt: ReturnType<typeof sql>): Promise<void> {
  if (rows.length === 0) return
  await sql`update tag set deleted_at = ${deletedAt}, version = version + 1 where id = any(${rows.map(({ id }) => id)}::uuid[])`.execute(db)
}
