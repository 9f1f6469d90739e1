import { sql, type RawBuilder } from 'kysely'

/** How a field of a list stands in the database. Columns as Kysely names them: `contact.sortName`. */
export interface SqlField {
  readonly column: string
  /** The form in which texts stand there; what people ask is brought into it. Absent: as people wrote them, folded to be compared. */
  readonly form?: 'folded' | 'lower'
  /** Of money. */
  readonly currency?: string
  /** What stands there instead of null where there is no value. */
  readonly nothing?: string
  /** Of a custom field: its values stand in rows of field_value, called `kept`. */
  readonly fieldId?: string
  /** There are several, of which the column has the primary one. */
  readonly addresses?: 'email' | 'phone'
  /** A choice among ids. */
  readonly isUuid?: true
  /** Tags stand in record_tag once more, to be found by. */
  readonly isTags?: true
  /** By what a list is walked in the order of the field; each has an index (organization, column, id). */
  readonly sort?: { readonly column: string; readonly isNullable: boolean }
}

export const walkedBy = (column: string, sort: 'always' | 'nullable') => ({ column, sort: { column, isNullable: sort === 'nullable' } })

export function isEmpty({ column, nothing }: SqlField): RawBuilder<boolean> {
  return nothing === undefined ? sql<boolean>`${sql.ref(column)} is null` : sql<boolean>`${sql.ref(column)} = ${nothing}`
}
