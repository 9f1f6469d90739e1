import { LIST_FIELDS, type ListRecord } from '@ai-crm/contracts'
import { fieldDenied, isAfter, type Asker } from '@ai-crm/platform'
import { sql, type RawBuilder } from 'kysely'
import { notSortable } from './errors.ts'
import { fieldInSight } from './field-in-sight.ts'
import { isHidden } from './list-record.ts'

/**
 * A list is walked in one part, or in two: records with a value in its order, then those without in the order of their ids. Each part
 * is a range of one index, wherever it begins.
 */
export interface Walk {
  readonly id: RawBuilder<string>
  readonly column: RawBuilder<unknown>
  readonly isNullable: boolean
  readonly direction: 'asc' | 'desc'
}

/** Where a page ended: the value there, null among the records without one, and the id. */
export type Position = readonly [value: string | null, id: string]

/** Throws `notSortable` (400), and `fieldDenied` (403) where the order would tell what the role hides. */
export function walkOf(asker: Asker, record: ListRecord, sort: string, direction: 'asc' | 'desc'): Walk {
  const found = fieldInSight(asker, record, sort)
  if (!found && isHidden(asker, record, sort)) throw fieldDenied([sort])
  const by = found?.path.relation ? undefined : found?.column.sort
  if (!by) throw notSortable(sort, sortableOf(asker, record))
  return { id: sql.ref<string>(`${record}.id`), column: sql.ref(by.column), isNullable: by.isNullable, direction }
}

const sortableOf = (asker: Asker, record: ListRecord): string[] =>
  LIST_FIELDS[record].flatMap(({ key, isSortable }) => (isSortable && !isHidden(asker, record, key) ? [key] : []))

/** What of the list is in one part of the walk, after the position, and in which order. */
export interface Leg {
  readonly where: RawBuilder<unknown>
  readonly orderBy: RawBuilder<unknown>
}

export function legWithValues({ id, column, isNullable, direction }: Walk, after: Position | null): Leg {
  const keys = [
    { column, direction },
    { column: id, direction },
  ]
  const known = isNullable ? sql`${column} is not null` : sql`true`
  const turn = direction === 'asc' ? sql`asc` : sql`desc`
  return { where: after ? sql`${known} and ${isAfter(keys, after)}` : known, orderBy: sql`${column} ${turn}, ${id} ${turn}` }
}

export function legWithoutValues({ id, column, direction }: Walk, after: Position | null): Leg {
  const missing = sql`${column} is null`
  const where = after ? sql`${missing} and ${isAfter([{ column: id, direction }], [after[1]])}` : missing
  return { where, orderBy: direction === 'asc' ? sql`${id} asc` : sql`${id} desc` }
}
