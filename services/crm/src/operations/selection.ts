import { type ListFilterQuery, MAX_OPERATION_RECORDS, type StartOperation } from '@ai-crm/contracts'
import { sql, type RawBuilder } from 'kysely'
import { companyList } from '../companies/list-companies.ts'
import { contactList } from '../contacts/list-contacts.ts'
import type { Ctx, Db } from '../ctx.ts'
import { dealList } from '../deals/list-deals.ts'
import { askList } from '../lists/list-page.ts'
import { idsNeeded, nothingSelected, tooManyRecords } from './errors.ts'

/** The ids that are meant, in one order, as a statement: those that are named, or those that the list has for whoever asks. Throws what askList throws. */
export async function selectedIds(ctx: Ctx, operation: StartOperation): Promise<RawBuilder<unknown>> {
  const { record, selection, action } = operation
  if ('ids' in selection) return sql`select distinct id from unnest(${selection.ids}::uuid[]) as id`
  if (action.do === 'restore') throw idsNeeded()
  const { conditions } = await askSelected(ctx, operation)
  return sql`select ${sql.ref(`${record}.id`)} from ${sql.table(record)} where ${conditions}`
}

/** What the list is asked; nothing where ids are given. */
export const queryOf = ({ selection }: StartOperation): ListFilterQuery => ('query' in selection ? selection.query : {})

async function askSelected(ctx: Ctx, operation: StartOperation): Promise<{ conditions: RawBuilder<boolean> }> {
  const [record, query] = [operation.record, queryOf(operation)]
  if (record === 'contact') return askList(ctx, contactList, query, [])
  return record === 'company' ? askList(ctx, companyList, query, []) : askList(ctx, dealList, query, [])
}

/** Puts them beside the operation, to be worked off. Returns how many. Throws `tooManyRecords`, `nothingSelected` (422). */
export async function fileSelected(db: Db, operationId: string, ids: RawBuilder<unknown>): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    with chosen as (${ids} limit ${MAX_OPERATION_RECORDS + 1}), filed as (
      insert into operation_record (operation_id, ordinal, record_id)
      select ${operationId}::uuid, row_number() over (order by id) - 1, id from chosen returning 1
    ) select count(*)::integer as count from filed`.execute(db)
  const count = rows[0]?.count ?? 0
  if (count > MAX_OPERATION_RECORDS) throw tooManyRecords(MAX_OPERATION_RECORDS)
  if (count === 0) throw nothingSelected()
  return count
}

/** How many there are, and the first of them. Throws `tooManyRecords` (422). */
export async function lookAtSelected(db: Db, ids: RawBuilder<unknown>, limit: number): Promise<{ total: number; ids: string[] }> {
  const { rows } = await sql<{ total: number; ids: string[] | null }>`
    with chosen as materialized (${ids} limit ${MAX_OPERATION_RECORDS + 1})
    select (select count(*)::integer from chosen) as total, (select array_agg(id) from (select id from chosen order by id limit ${limit}) as first) as ids`.execute(
    db,
  )
  const { total, ids: first } = rows[0] ?? { total: 0, ids: null }
  if (total > MAX_OPERATION_RECORDS) throw tooManyRecords(MAX_OPERATION_RECORDS)
  return { total, ids: first ?? [] }
}
