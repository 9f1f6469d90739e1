import type { ListRecord } from '@ai-crm/contracts'
import { sql, type RawBuilder } from 'kysely'
import { validate as isUuid } from 'uuid'
import { normalDomain } from '../companies/domain.ts'
import type { Ctx } from '../ctx.ts'
import { inSight, isHidden, mayReadSome } from '../lists/list-record.ts'

type Ids = Readonly<Record<ListRecord, ReadonlySet<string>>>
type Row = { readonly id: string; readonly name: string; readonly address: string | null; readonly isShared: boolean }

/**
 * What related records within reach are called, so that an import finds them again (`named-records.ts`): by name; where that is another one's too, or
 * looks like an address, by an address; else by id. One statement per kind; those out of reach are left out as if they were not there.
 */
export async function relatedNames(ctx: Ctx, ids: Ids): Promise<Map<string, string>> {
  const names = new Map<string, string>()
  for (const record of ['contact', 'company', 'deal'] as const) {
    if (ids[record].size === 0 || !mayReadSome(ctx, record)) continue
    for (const row of await related(ctx, record, [...ids[record]])) names.set(row.id, isClear(record, row) ? row.name : (row.address ?? row.id))
  }
  return names
}

function isClear(record: ListRecord, { name, isShared }: Row): boolean {
  if (isShared || isUuid(name)) return false
  return record === 'contact' ? !name.includes('@') : record === 'deal' || normalDomain(name) === null
}

const COLUMNS: Readonly<
  Record<ListRecord, { readonly name: RawBuilder<string>; readonly sortName: string; readonly address: RawBuilder<string | null>; readonly addressKey: string }>
> = {
  contact: { name: sql`named.name`, sortName: 'sort_name', address: sql`named.email`, addressKey: 'email' },
  company: { name: sql`named.name`, sortName: 'sort_name', address: sql`named.domains[1]`, addressKey: 'domains' },
  deal: { name: sql`named.title`, sortName: 'sort_title', address: sql`null::text`, addressKey: 'title' },
}

async function related(ctx: Ctx, record: ListRecord, ids: string[]): Promise<Row[]> {
  const { name, sortName, address, addressKey } = COLUMNS[record]
  const table = sql.table(record)
  const { rows } = await sql<Row>`
    select named.id, ${name} as name, ${isHidden(ctx, record, addressKey) ? sql<null>`null::text` : address} as address,
           (select count(*) > 1 from (select from ${table} where ${sql.ref(`${record}.${sortName}`)} = named.${sql.ref(sortName)} and ${inSight(ctx, record)}
             order by ${sql.ref(`${record}.${sortName}`)}, ${table}.id limit 2) as alike) as "isShared"
      from (select * from ${table} where ${table}.id = any(${ids}::uuid[]) and ${inSight(ctx, record)}) as named`.execute(ctx.db)
  return rows
}
