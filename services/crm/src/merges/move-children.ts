import { sql } from 'kysely'
import { ancestorsOf } from '../companies/company-tree.ts'
import { CHILD_TABLES, type ChildTable, type Move, type MovedChild } from './child-table.ts'
import { type MergeOf, skipping, type Waiting, type Writing } from './merge-of.ts'
import { anyDealLeft, moveDealsOfContact, returnDealsOfContact } from './people-of-deals.ts'

/** What belongs to the merged record goes over, some of each kind, each noted with its merge and told by its event; false once nothing is left. */
export async function moveSome(scope: Writing, merge: MergeOf, waiting: Waiting): Promise<boolean> {
  for (const child of CHILD_TABLES[merge.record]) await moveChildren(scope, merge, child, waiting)
  if (merge.record === 'contact') await moveDealsOfContact(scope, merge, waiting)
  return isAnyLeft(scope.db, merge)
}

/** What came with the merge goes back, unless somebody has moved it elsewhere meanwhile; false once nothing is left. */
export async function returnSome(scope: Writing, merge: MergeOf, waiting: Waiting): Promise<boolean> {
  // A daughter that by now stands above the one that is back stays where it is.
  const above = merge.record === 'company' ? await ancestorsOf(scope.db, merge.mergedId) : []
  for (const child of CHILD_TABLES[merge.record]) await returnChildren(scope, merge, child, waiting, above)
  if (merge.record === 'contact') await returnDealsOfContact(scope, merge, waiting)
  const { rows } = await sql<{ isLeft: boolean }>`select exists (select from merge_child where merge_id = ${merge.id}) as "isLeft"`.execute(scope.db)
  return rows[0]?.isLeft ?? false
}

async function moveChildren(scope: Writing, { id, survivorId, mergedId }: MergeOf, child: ChildTable, waiting: Waiting): Promise<void> {
  const [table, column] = [sql.table(child.table), sql.ref(`${child.table}.${child.column}`)]
  const { rows } = await sql<MovedChild>`
    with found as (
      select ${table}.id, ${child.was} as was from ${table} where ${column} = ${mergedId} and ${child.isChild} order by ${table}.id limit ${child.batch} for update ${skipping(waiting)}
    ), moved as (
      update ${table} set ${sql.ref(child.column)} = ${survivorId}${child.alsoSet(survivorId)} from found where ${table}.id = found.id
      returning ${table}.id, ${child.shown}
    ), noted as (
      insert into merge_child (merge_id, kind, child_id) select ${id}::uuid, ${child.kind}, moved.id from moved on conflict do nothing
    )
    select * from moved order by id`.execute(scope.db)
  await tell(scope, child, rows, { from: mergedId, to: survivorId })
}

async function returnChildren(
  scope: Writing,
  { id, survivorId, mergedId }: MergeOf,
  child: ChildTable,
  waiting: Waiting,
  staying: readonly string[],
): Promise<void> {
  const [table, column] = [sql.table(child.table), sql.ref(`${child.table}.${child.column}`)]
  const returns = sql`${column} = ${survivorId} and ${child.isChild} and ${table}.id <> all(${staying}::uuid[])`
  const { rows } = await sql<MovedChild>`
    with noted as (
      select child_id from merge_child where merge_id = ${id} and kind = ${child.kind} order by child_id limit ${child.batch}
    ), found as (
      select ${table}.id, ${child.was} as was from ${table} where ${table}.id in (select child_id from noted) and ${returns}
       order by ${table}.id for update ${skipping(waiting)}
    ), moved as (
      update ${table} set ${sql.ref(child.column)} = ${mergedId}${child.alsoSet(mergedId)} from found where ${table}.id = found.id
      returning ${table}.id, ${child.shown}
    ), done as (
      delete from merge_child where merge_id = ${id} and kind = ${child.kind} and child_id in (select child_id from noted)
         and (child_id in (select found.id from found) or not exists (
           select from ${table} where ${table}.id = merge_child.child_id and ${returns}))
    )
    select * from moved order by id`.execute(scope.db)
  await tell(scope, child, rows, { from: survivorId, to: mergedId })
}

async function tell({ emitAll }: Writing, { event }: ChildTable, children: readonly MovedChild[], move: Move): Promise<void> {
  if (event) await emitAll(children.map((child) => event(child, move)))
}

async function isAnyLeft(db: Writing['db'], { record, mergedId }: MergeOf): Promise<boolean> {
  const left = CHILD_TABLES[record].map(
    (child) => sql`exists (select from ${sql.table(child.table)} where ${sql.ref(`${child.table}.${child.column}`)} = ${mergedId} and ${child.isChild})`,
  )
  const { rows } = await sql<{ isLeft: boolean }>`select ${sql.join(left, sql` or `)} as "isLeft"`.execute(db)
  return (rows[0]?.isLeft ?? false) || (record === 'contact' && (await anyDealLeft(db, mergedId)))
}
