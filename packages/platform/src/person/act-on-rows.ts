import { sql, type Kysely, type RawBuilder } from 'kysely'
import { BATCH } from './person-progress.ts'
import type { Start, Stride } from './stride.ts'

/** `mark` and `delete-marked` also write the ids down as erased: of tables whose rows are aggregates. */
export type Act =
  | { readonly do: 'delete' | 'count' }
  | { readonly do: 'set'; readonly set: string }
  | { readonly do: 'mark' | 'delete-marked'; readonly erasureId: string }

/** More than this is not counted further where an index finds it. */
const MOST_COUNTED = 100_000

/**
 * Some rows of a table for which a condition over `t` holds: as many as a batch, or, on a walk, those of a page in the order of the primary
 * key. A page costs as much whether anything is found in it or not, however large the table is.
 */
export async function actOn(db: Kysely<unknown>, table: string, where: string, act: Act, start: Start): Promise<Stride> {
  const name = sql.table(table)
  const key = start ? await primaryKey(db, table) : []
  const page = start ? pageOf(name, key, start) : sql`select t.ctid from ${name} t where ${sql.raw(where)} limit ${act.do === 'count' ? MOST_COUNTED : BATCH}`
  const theirs = start ? sql`select t.ctid from ${name} t where ${among(sql`page`, where)}` : sql`select ctid from page`
  const { rows } = await sql<{ count: number; theirs: number; pageRows: number; last: string[] | null }>`
    with page as materialized (${page}),
         theirs as materialized (${theirs}),
         ${hits(name, where, act)}
    select (select count(*)::int from hit) as count, (select count(*)::int from theirs) as theirs, (select count(*)::int from page) as "pageRows",
           ${start ? sql`(select key from page order by nth desc limit 1)` : sql`null`} as last`.execute(db)
  const { count, theirs: found, pageRows, last } = rows[0] ?? { count: 0, theirs: 0, pageRows: 0, last: null }
  // One that changed during the look stands elsewhere by now and was not touched: it is looked for again.
  const isMissed = count < found
  if (start) return { count, after: isMissed ? (start.after ?? []) : pageRows < start.pageRows ? null : last }
  // Nothing behind which it goes on: what is done is not found again.
  return { count, after: act.do === 'count' || (count < BATCH && !isMissed) ? null : [] }
}

interface KeyColumn {
  readonly name: string
  readonly type: string
}

function pageOf(name: RawBuilder<unknown>, key: readonly KeyColumn[], { after, pageRows }: NonNullable<Start>): RawBuilder<unknown> {
  const columns = sql.join(key.map((column) => sql.ref(`t.${column.name}`)))
  const texts = sql.join(key.map((column) => sql`${sql.ref(`t.${column.name}`)}::text`))
  const beyond =
    after === null || after.length === 0
      ? sql`true`
      : sql`(${columns}) > (${sql.join(after.map((value, index) => sql`${value}::text::${sql.raw(key[index]?.type ?? 'text')}`))})`
  return sql`select t.ctid, array[${texts}] as key, row_number() over (order by ${columns}) as nth
    from ${name} t where ${beyond} and t.organization_id = platform.current_organization() order by ${columns} limit ${pageRows}::int`
}

/** The condition stands there as well: some releases of PostgreSQL follow a row that changed meanwhile, and look at nothing but this. */
const among = (rows: RawBuilder<unknown>, where: string): RawBuilder<unknown> =>
  sql`t.ctid = any (array(select ctid from ${rows})) and ${sql.raw(`(${where})`)}`

function hits(name: RawBuilder<unknown>, where: string, act: Act): RawBuilder<unknown> {
  const mine = among(sql`theirs`, where)
  const marked = (ids: RawBuilder<unknown>, erasureId: string) =>
    sql`marked as (insert into erased_aggregate (id, erasure_id) select id, ${erasureId}::uuid from ${ids} on conflict do nothing)`
  switch (act.do) {
    case 'count':
      return sql`hit as (select from ${name} t where ${mine})`
    case 'delete':
      return sql`hit as (delete from ${name} t where ${mine} returning 1)`
    case 'set':
      return sql`hit as (update ${name} t set ${sql.raw(act.set)} where ${mine} returning 1)`
    case 'mark':
      return sql`hit as materialized (select t.id from ${name} t where ${mine}), ${marked(sql`hit`, act.erasureId)}`
    case 'delete-marked':
      return sql`hit as (delete from ${name} t where ${mine} returning t.id), ${marked(sql`hit`, act.erasureId)}`
  }
}

/** Without organization_id, which is the same in all rows. */
async function primaryKey(db: Kysely<unknown>, table: string): Promise<readonly KeyColumn[]> {
  const { rows } = await sql<KeyColumn>`
    select attname::text as name, format_type(atttypid, null) as type
      from pg_index cross join lateral unnest(indkey::int2[]) with ordinality as part (attnum, position)
      join pg_attribute on attrelid = indrelid and pg_attribute.attnum = part.attnum
     where indrelid = ${table}::text::regclass and indisprimary and attname <> 'organization_id' order by part.position`.execute(db)
  return rows
}
