import { COUNTED, GROUPABLE_KINDS, summedKeys, type ListRecord, type Summary, type SummaryQuery } from '@ai-crm/contracts'
import { sql, type RawBuilder } from 'kysely'
import type { Ctx } from '../ctx.ts'
import { notSummable } from './errors.ts'
import { fieldInSight, type FieldInSight } from './field-in-sight.ts'
import { groupsOf } from './group-list.ts'
import type { ListAsker } from './list-asker.ts'
import { askList, type Askable } from './list-page.ts'
import { withinStatement } from './too-slow.ts'
import { tableWith } from './summed-table.ts'

/** Count, sums and groups of a whole list: a statement for each, and one for each sum of groups. Throws what askList throws, `notSummable` (400) and `listTooSlow` (422). */
export async function summarizeList<Query extends SummaryQuery>(ctx: Ctx, list: Askable<Query>, query: Query): Promise<Summary> {
  const { record } = list
  const keys = summedKeys(query)
  const asked = await askList(ctx, list, query, [...keys, ...(query.groupBy === undefined ? [] : [query.groupBy])])
  const { asker, conditions } = asked
  const summed = keys.map((key) => fieldFor(asker, record, key, SUMMED, 'query/fields'))
  const grouped = query.groupBy === undefined ? null : fieldFor(asker, record, query.groupBy, GROUPABLE_KINDS, 'query/groupBy')
  const [count, groups, ...sums] = await withinStatement(query, async () =>
    Promise.all([
      countOf(ctx, record, conditions, query.exact),
      grouped && groupsOf(ctx, record, asked, grouped, summed),
      ...summed.map((field) => sumsOf(ctx, record, conditions, field)),
    ]),
  )
  return { ...count, groups, sums: sums.flat() }
}

const SUMMED: ReadonlySet<string> = new Set(['number', 'money', 'date'])

/** Of the record itself: a related one's would count records several times. */
export function fieldFor(asker: ListAsker, record: ListRecord, key: string, kinds: ReadonlySet<string>, place: string): FieldInSight {
  const found = fieldInSight(asker, record, key)
  if (!found || found.path.relation || !kinds.has(found.field.kind)) throw notSummable(key, place)
  return found
}

async function countOf(ctx: Ctx, record: ListRecord, conditions: RawBuilder<boolean>, exact: boolean): Promise<Pick<Summary, 'count' | 'isExact'>> {
  const limit = exact ? sql`` : sql`limit ${COUNTED + 1}`
  const counted = sql<{ count: number }>`select count(*)::float8 as count from (select from ${sql.table(record)} where ${conditions} ${limit}) as listed`
  const count = (await counted.execute(ctx.db)).rows[0]?.count ?? 0
  return exact || count <= COUNTED ? { count, isExact: true } : { count: COUNTED, isExact: false }
}

type Sums = Summary['sums']

async function sumsOf(ctx: Ctx, record: ListRecord, conditions: RawBuilder<boolean>, found: FieldInSight): Promise<Sums> {
  const { field, column } = found
  const value = sql.ref(column.column)
  const isDate = field.kind === 'date'
  const number = (what: RawBuilder<unknown>) => (isDate ? sql`null::float8` : sql`${what}::float8`)
  const bound = (what: RawBuilder<unknown>) =>
    !isDate ? sql`${what}::float8` : column.fieldId === undefined ? sql`${what}::text` : sql`(date '1970-01-01' + ${what}::integer)::text`
  const currency = column.currency === undefined ? sql`null::text` : sql.ref(column.currency)
  const { rows } = await sql<Sums[number]>`select ${field.key}::text as field, ${currency} as currency, count(${value})::float8 as count,
      ${number(sql`sum(${value})`)} as sum, ${number(sql`avg(${value})`)} as average, ${bound(sql`min(${value})`)} as min, ${bound(sql`max(${value})`)} as max
    from ${tableWith(record, found)} where ${conditions} and ${value} is not null group by ${currency} order by 3 desc limit 20`.execute(ctx.db)
  return [...rows]
}
