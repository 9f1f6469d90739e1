import type { PendingEvent } from '@ai-crm/contracts'
import { sql } from 'kysely'
import type { Db } from '../ctx.ts'
import { inSlices } from '../in-slices.ts'
import { lastOrdinal } from './last-ordinal.ts'

/** A company or a tag that an import made because rows named it. */
export interface MadeItem {
  /** Among the outcomes of the operation that is about it now: behind all records. */
  readonly ordinal: number
  readonly place: number
  readonly kind: 'company' | 'tag'
  readonly recordId: string
  readonly version: number
}

/** What taking an operation back has to do with what an import made, by way of which undos ever. */
export interface MadeBefore {
  /** The import. */
  readonly madeById: string
  readonly undoesId: string
  /** Else what that undo removed comes back: before the records that had it. What is removed goes after them. */
  readonly isRemoving: boolean
  readonly count: number
}

/** In the transaction that made them, and holds the operation. */
export async function noteMade(db: Db, operationId: string, events: readonly PendingEvent[]): Promise<void> {
  const made = events.map(({ aggregateType: kind, aggregateId: recordId }) => ({ kind, recordId }))
  for (const slice of inSlices(made))
    await sql`
      insert into operation_made (operation_id, place, kind, record_id, version)
      select ${operationId}::uuid, coalesce((select max(place) from operation_made where operation_id = ${operationId}::uuid), -1) + given.nth, kind, "recordId", 1
        from rows from (jsonb_to_recordset(${slice}::jsonb) as (kind text, "recordId" uuid)) with ordinality as given (kind, "recordId", nth)`.execute(db)
}

const MOST_UNDOS = 100

/** Null where nothing was made beside records, or all of it is as it should be. */
export async function madeBefore(db: Db, undoesId: string | null): Promise<MadeBefore | null> {
  if (undoesId === null) return null
  const { rows } = await sql<Omit<MadeBefore, 'undoesId'>>`
    with recursive undone as (
      select id, undoes_id, 0 as steps from operation where id = ${undoesId}::uuid
      union all
      select before.id, before.undoes_id, steps + 1 from undone join operation as before on before.id = undone.undoes_id where steps < ${MOST_UNDOS}
    ), first as (select id, steps % 2 = 0 as is_removing from undone where undoes_id is null)
    select first.id as "madeById", first.is_removing as "isRemoving", count(made.place)::integer as count
      from first left join operation_made as made on made.operation_id = first.id
       and case when first.is_removing then made.gone_by_id is null else made.gone_by_id = ${undoesId}::uuid end
     group by first.id, first.is_removing`.execute(db)
  const [found] = rows
  return found && found.count > 0 ? { ...found, undoesId } : null
}

/** The next of them without an outcome of the operation. */
export async function nextMade(db: Db, operationId: string, { madeById, undoesId, isRemoving }: MadeBefore, limit: number): Promise<MadeItem[]> {
  const top = (await lastOrdinal(db, undoesId)) ?? 0
  const last = (await lastOrdinal(db, operationId)) ?? 0
  const { rows } = await sql<Omit<MadeItem, 'ordinal'>>`
    select place, kind, record_id as "recordId", version from operation_made
     where operation_id = ${madeById}::uuid and place >= ${Math.max(last - top, 0)}
       and ${isRemoving ? sql`gone_by_id is null` : sql`gone_by_id = ${undoesId}::uuid`}
     order by place limit ${limit}`.execute(db)
  return rows.map((row) => ({ ordinal: top + 1 + row.place, ...row }))
}

/** Where they are now, and by which event of each. */
export async function noteMoved(
  db: Db,
  { madeById, isRemoving }: MadeBefore,
  operationId: string,
  moved: readonly { readonly place: number; readonly version: number }[],
): Promise<void> {
  if (moved.length === 0) return
  await sql`
    update operation_made set version = given.version, gone_by_id = ${isRemoving ? operationId : null}::uuid
      from jsonb_to_recordset(${JSON.stringify(moved)}::jsonb) as given (place integer, version integer)
     where operation_made.operation_id = ${madeById}::uuid and operation_made.place = given.place`.execute(db)
}
