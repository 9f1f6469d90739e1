import { sql, type Expression, type RawBuilder, type SqlBool } from 'kysely'

/** One sort key. `column` is an expression of the query, such as `eb.ref('contact.name')`; the last key must be unique. */
export interface SortKey {
  readonly column: Expression<unknown>
  readonly direction: 'asc' | 'desc'
  /** Whether the column can be null. Nulls stand where PostgreSQL puts them unasked: last ascending, first descending. */
  readonly isNullable?: boolean
}

/**
 * The condition for rows after the given values, in the order of the keys: `(a, b) < ($1, $2)` where all keys
 * are not null and run the same way, which an index on them answers; else its expansion, correct for mixed
 * directions and nulls. Pass the same keys to ORDER BY.
 */
export function isAfter(keys: readonly SortKey[], values: readonly unknown[]): RawBuilder<SqlBool> {
  if (keys.length === 0 || keys.length !== values.length) throw new Error('A keyset needs one value per sort key.')
  return isUniform(keys) ? rowComparison(keys, values) : expansion(keys, values)
}

const isUniform = (keys: readonly SortKey[]): boolean => keys.every((key) => !key.isNullable && key.direction === keys[0]?.direction)

function rowComparison(keys: readonly SortKey[], values: readonly unknown[]): RawBuilder<SqlBool> {
  const comparison = keys[0]?.direction === 'asc' ? sql`>` : sql`<`
  return sql<SqlBool>`(${sql.join(keys.map(({ column }) => column))}) ${comparison} (${sql.join(values)})`
}

/** a beyond, or a equal and (b beyond, or b equal and …). */
function expansion(keys: readonly SortKey[], values: readonly unknown[]): RawBuilder<SqlBool> {
  const [key, ...otherKeys] = keys
  const [value, ...otherValues] = values
  if (!key) return sql<SqlBool>`false`
  if (otherKeys.length === 0) return beyond(key, value)
  return sql<SqlBool>`(${beyond(key, value)} or (${isEqual(key, value)} and ${expansion(otherKeys, otherValues)}))`
}

function beyond({ column, direction, isNullable }: SortKey, value: unknown): RawBuilder<SqlBool> {
  if (value === null) return direction === 'asc' ? sql<SqlBool>`false` : sql<SqlBool>`${column} is not null`
  if (direction === 'desc') return sql<SqlBool>`${column} < ${value}`
  return isNullable ? sql<SqlBool>`(${column} > ${value} or ${column} is null)` : sql<SqlBool>`${column} > ${value}`
}

const isEqual = ({ column }: SortKey, value: unknown): RawBuilder<SqlBool> =>
  value === null ? sql<SqlBool>`${column} is null` : sql<SqlBool>`${column} = ${value}`
