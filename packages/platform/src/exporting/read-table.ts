import { sql, type Kysely, type RawBuilder } from 'kysely'
import { toSnakeCase } from '../db/names.ts'
import type { TableExport } from './exporting.ts'

/** What is in memory of a table at once, beside one row. */
const PAGE_BYTES = 1_048_576
const FEWEST_ROWS = 10
const MOST_ROWS = 2_000

export interface Page {
  /** Lines of JSON, each with its end. */
  readonly text: string
  readonly rowCount: number
}

interface KeyColumn {
  readonly name: string
  readonly type: string
}

/** The organisation's rows as JSON, in the order of the primary key, a page at a time: keyset, bounded by bytes and by rows. */
export async function* readTable(db: Kysely<unknown>, table: string, told: TableExport): AsyncGenerator<Page> {
  const name = toSnakeCase(table)
  const [key, binary] = [await primaryKey(db, name), await binaryColumns(db, name)]
  const select = lineOf(told, binary)
  let after: readonly string[] | null = null
  for (let limit = FEWEST_ROWS; ;) {
    const rows: readonly Line[] = await readPage(db, { name, key, select, only: told.only?.sql ?? 'true', after, limit })
    const last = rows.at(-1)
    if (!last) return
    yield { text: `${rows.map(({ line }) => line).join('\n')}\n`, rowCount: rows.length }
    after = last.key
    // What did not fit was read in vain: about as many as fitted, or more of what is small.
    limit = Math.min(MOST_ROWS, FEWEST_ROWS + (rows.length === limit ? 2 * limit : rows.length))
  }
}

interface Line {
  readonly line: string
  readonly key: readonly string[]
}

interface Wanted {
  readonly name: string
  readonly key: readonly KeyColumn[]
  readonly select: RawBuilder<unknown>
  readonly only: string
  readonly after: readonly string[] | null
  readonly limit: number
}

async function readPage(db: Kysely<unknown>, { name, key, select, only, after, limit }: Wanted): Promise<readonly Line[]> {
  const columns = sql.join(key.map((column) => sql.ref(`t.${column.name}`)))
  const texts = sql.join(key.map((column) => sql`${sql.ref(`t.${column.name}`)}::text`))
  const beyond = after && after.length > 0 ? sql`(${columns}) > (${sql.join(after.map((value, index) => typed(value, key[index])))})` : sql`true`
  // A table with one row for each organisation has no key beside it: it is read once.
  if (after?.length === 0) return []
  const order = key.length > 0 ? sql`order by ${columns}` : sql``
  const own = sql`t.organization_id = platform.current_organization()`
  const { rows } = await sql<Line>`
    select line, key from (
      select line, key, position, sum(octet_length(line)) over (order by position) - octet_length(line) as before from (
        select (select row_to_json(told) from (select ${select}) told)::text as line, array[${key.length > 0 ? texts : sql``}]::text[] as key,
               row_number() over (${order}) as position
          from ${sql.ref(name)} t where ${own} and ${beyond} and (${sql.raw(only)}) ${order} limit ${limit}::int) page) bounded
     where before < ${PAGE_BYTES}::int order by position`.execute(db)
  return rows
}

const typed = (value: string, column: KeyColumn | undefined): RawBuilder<unknown> => sql`${value}::text::${sql.raw(column?.type ?? 'text')}`

/** Bytes are told in hexadecimal. */
function lineOf({ columns, beside = {} }: TableExport, binary: ReadonlySet<string>): RawBuilder<unknown> {
  const own = columns.map((column) => {
    const stored = sql.ref(`t.${toSnakeCase(column)}`)
    return sql`${binary.has(toSnakeCase(column)) ? sql`encode(${stored}, 'hex')` : stored} as ${sql.raw(`"${column}"`)}`
  })
  const more = Object.entries(beside).map(([name, text]) => sql`${sql.raw(text)} as ${sql.raw(`"${name}"`)}`)
  return sql.join([...own, ...more])
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

async function binaryColumns(db: Kysely<unknown>, table: string): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ name: string }>`
    select attname::text as name from pg_attribute where attrelid = ${table}::text::regclass and atttypid = 'bytea'::regtype and not attisdropped`.execute(db)
  return new Set(rows.map(({ name }) => name))
}
