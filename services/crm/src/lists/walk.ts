import { customFieldIdOf, LIST_FIELDS, type ListQuery, type ListRecord } from '@ai-crm/contracts'
import { fieldDenied, isAfter, type Asker } from '@ai-crm/platform'
import { sql, type RawBuilder } from 'kysely'
import { notSortable } from './errors.ts'
import { fieldInSight } from './field-in-sight.ts'
import type { ListAsker } from './list-asker.ts'
import { isHidden } from './list-record.ts'

/**
 * A list is walked in one part, or in two: records with a value in its order, then those without in the order of their ids. Each part
 * is a range of one index, wherever it begins.
 */
export interface Walk {
  readonly record: ListRecord
  readonly column: RawBuilder<unknown>
  readonly isNullable: boolean
  readonly direction: 'asc' | 'desc'
  /** Of a custom field: the first part walks field_value, whose rows the records follow. */
  readonly fieldId: string | null
}

export type Order = Pick<ListQuery, 'sort' | 'direction'>

/** Where a page ended: the value there, null among the records without one, and the id. */
export type Position = readonly [value: string | null, id: string]

/** Throws `notSortable` (400), and `fieldDenied` (403) where the order would tell what the role hides of the built-in ones. */
export function walkOf(asker: ListAsker, record: ListRecord, { sort, direction }: Order, place = 'query/sort'): Walk {
  const found = fieldInSight(asker, record, sort)
  if (!found && customFieldIdOf(sort) === null && isHidden(asker, record, sort)) throw fieldDenied([sort])
  const by = found?.path.relation ? undefined : found?.column.sort
  if (!by) throw notSortable(sort, sortableOf(asker, record), place)
  return { record, column: sql.ref(by.column), isNullable: by.isNullable, direction, fieldId: found?.column.fieldId ?? null }
}

const sortableOf = (asker: Asker, record: ListRecord): string[] =>
  LIST_FIELDS[record].flatMap(({ key, isSortable }) => (isSortable && !isHidden(asker, record, key) ? [key] : []))

/** One part of the walk: where it goes, from the position on, and in which order. */
export interface Leg {
  readonly from: RawBuilder<unknown>
  readonly where: RawBuilder<unknown>
  readonly orderBy: RawBuilder<unknown>
  /** The value by which the walk goes on. */
  readonly key: RawBuilder<string | null>
}

export function legWithValues({ record, column, isNullable, direction, fieldId }: Walk, after: Position | null): Leg {
  const id = fieldId === null ? sql.ref(`${record}.id`) : sql`kept.record_id`
  const table = sql.table(record)
  const known = isNullable ? sql`${column} is not null` : sql`true`
  const ofField = fieldId === null ? known : sql`${known} and kept.field_id = ${fieldId}::uuid and kept.ordinal = 0`
  const keys = [
    { column, direction },
    { column: id, direction },
  ]
  const turn = direction === 'asc' ? sql`asc` : sql`desc`
  return {
    // Each record is fetched as the walk comes to its row: PostgreSQL takes an organisation for as large as the average one, and would join and
    // sort all of it.
    from:
      fieldId === null
        ? table
        : sql`field_value as kept cross join lateral (select * from ${table} where ${sql.ref(`${record}.id`)} = kept.record_id limit 1) as ${table}`,
    where: after ? sql`${ofField} and ${isAfter(keys, after)}` : ofField,
    orderBy: sql`${column} ${turn}, ${id} ${turn}`,
    key: sql<string>`cast(${column} as text)`,
  }
}

export function legWithoutValues({ record, column, direction, fieldId }: Walk, after: Position | null): Leg {
  const id = sql.ref(`${record}.id`)
  const missing =
    fieldId === null
      ? sql`${column} is null`
      : sql`not exists (select from field_value as kept
          where kept.field_id = ${fieldId}::uuid and kept.record_id = ${id} and kept.ordinal = 0 and ${column} is not null)`
  return {
    from: sql.table(record),
    where: after ? sql`${missing} and ${isAfter([{ column: id, direction }], [after[1]])}` : missing,
    orderBy: direction === 'asc' ? sql`${id} asc` : sql`${id} desc`,
    key: sql<null>`null::text`,
  }
}
