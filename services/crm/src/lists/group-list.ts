import { MAX_GROUPS, type ListRecord, type Summary } from '@ai-crm/contracts'
import { sql, type RawBuilder } from 'kysely'
import type { Ctx } from '../ctx.ts'
import type { FieldInSight } from './field-in-sight.ts'
import type { ListAsker } from './list-asker.ts'
import { inSight, mayReadSome } from './list-record.ts'
import type { Asked } from './list-page.ts'
import { tableWith } from './summed-table.ts'

type Groups = NonNullable<Summary['groups']>

/** The rows that a group counts: a record stands once for each of several values. */
interface GroupSource {
  readonly join: RawBuilder<unknown>
  readonly value: RawBuilder<unknown>
}

/** Groups of a list by one of its fields, and what the summed fields come to in each: a statement for the groups, one for each sum, one for names. */
export async function groupsOf(
  ctx: Ctx,
  record: ListRecord,
  { asker, conditions }: Asked,
  grouped: FieldInSight,
  summed: readonly FieldInSight[],
): Promise<Groups> {
  const source = sourceOf(asker, record, grouped)
  const { rows } = await sql<{ value: string | null; count: number }>`select ${source.value} as value, count(*)::float8 as count
    from ${sql.table(record)} ${source.join} where ${conditions} group by 1 order by 2 desc, 1 limit ${MAX_GROUPS}`.execute(ctx.db)
  const [labels, ...sums] = await Promise.all([
    labelsOf(ctx, asker, grouped, rows),
    ...summed.filter(({ field }) => field.kind !== 'date').map((field) => sumsOf(ctx, record, sql`${conditions} and ${isOneOf(source, rows)}`, source, field)),
  ])
  const sumsBy = Map.groupBy(sums.flat(), ({ value }) => value)
  return rows.map(({ value, count }) => ({
    value,
    count,
    label: labels.get(value ?? '') ?? null,
    sums: (sumsBy.get(value) ?? []).map(({ field, currency, sum }) => ({ field, currency, sum })),
  }))
}

/** Where the groups of a field come from. */
export function sourceOf({ zone }: ListAsker, record: ListRecord, { field: { kind }, column }: FieldInSight): GroupSource {
  const id = sql.ref(`${record}.id`)
  if (column.fieldId !== undefined) {
    const first = kind === 'multiSelect' ? sql`` : sql`and grouped.ordinal = 0`
    const join = sql`left join field_value as grouped on grouped.field_id = ${column.fieldId}::uuid and grouped.record_id = ${id} ${first}`
    // A box that was never checked is not checked.
    if (kind === 'checkbox') return { join, value: sql`case when grouped.sort_number = 1 then 'true' else 'false' end` }
    return { join, value: kind === 'date' ? sql`to_char(date '1970-01-01' + grouped.sort_number::integer, 'YYYY-MM')` : sql`grouped.sort_text` }
  }
  if (column.isTags) return { join: sql`left join record_tag as grouped on grouped.record_id = ${id}`, value: sql`grouped.tag_id::text` }
  const value = column.nothing === undefined ? sql.ref(column.column) : sql`nullif(${sql.ref(column.column)}, ${column.nothing})`
  if (kind === 'date') return { join: sql``, value: sql`to_char(${value}, 'YYYY-MM')` }
  return { join: sql``, value: kind === 'instant' ? sql`to_char(${value} at time zone ${zone}, 'YYYY-MM')` : sql`${value}::text` }
}

type GroupSum = Groups[number]['sums'][number] & { value: string | null }

/** Of each group its most frequent currencies, as of the whole list. */
const MAX_CURRENCIES = 20

const isOneOf = ({ value }: GroupSource, groups: readonly { value: string | null }[]) => {
  const values = groups.flatMap((group) => group.value ?? [])
  return sql<boolean>`(${value} is null or ${value} = any(${values}::text[]))`
}

async function sumsOf(ctx: Ctx, record: ListRecord, conditions: RawBuilder<boolean>, source: GroupSource, found: FieldInSight): Promise<readonly GroupSum[]> {
  const { field, column } = found
  const amount = sql.ref(column.column)
  const currency = column.currency === undefined ? sql`null::text` : sql.ref(column.currency)
  const { rows } = await sql<GroupSum>`select value, ${field.key}::text as field, currency, sum from (
      select value, currency, sum, row_number() over (partition by value order by records desc, currency) as place from (
        select ${source.value} as value, ${currency} as currency, sum(${amount})::float8 as sum, count(*) as records
        from ${tableWith(record, found)} ${source.join} where ${conditions} and ${amount} is not null group by 1, 2
      ) as grouped
    ) as summed where place <= ${MAX_CURRENCIES} order by place`.execute(ctx.db)
  return rows
}

const NAMES = { contact: sql`contact.name`, company: sql`company.name`, deal: sql`deal.title` } as const

/** What the records are called that a relation leads to, as far as the asker sees them. */
async function labelsOf(
  ctx: Ctx,
  asker: ListAsker,
  { field: { to } }: FieldInSight,
  groups: readonly { value: string | null }[],
): Promise<ReadonlyMap<string, string>> {
  const ids = groups.flatMap(({ value }) => value ?? [])
  if (to === undefined || ids.length === 0 || !mayReadSome(asker, to)) return new Map()
  const { rows } = await sql<{ id: string; name: string }>`select id::text as id, ${NAMES[to]} as name from ${sql.table(to)}
    where id in (${sql.join(ids.map((id) => sql`${id}::uuid`))}) and ${inSight(asker, to)}`.execute(ctx.db)
  return new Map(rows.map(({ id, name }) => [id, name]))
}
