import type { FilterOperator } from '@ai-crm/contracts'
import { sql, type RawBuilder } from 'kysely'
import { z } from 'zod'
import { isEmpty, type SqlField } from './sql-field.ts'

type Day = RawBuilder<unknown>

/** Days from `first` to `last`, both among them; null: without an end. */
interface Days {
  readonly first: Day | null
  readonly last: Day | null
}

const dayOf = (value: unknown): Day => sql`${z.string().parse(value)}::date`
const shifted = (day: Day, days: number): Day => sql`(${day} + ${days}::integer)`

function daysOf(op: FilterOperator, value: unknown, zone: string): Days {
  if (op === 'withinLast' || op === 'withinNext') {
    const today = sql`(now() at time zone ${zone})::date`
    const days = z.number().parse(value)
    return op === 'withinLast' ? { first: shifted(today, -days), last: today } : { first: today, last: shifted(today, days) }
  }
  if (op === 'between') {
    const [first, last] = z.array(z.unknown()).parse(value)
    return { first: dayOf(first), last: dayOf(last) }
  }
  const day = dayOf(value)
  if (op === 'lt') return { first: null, last: shifted(day, -1) }
  if (op === 'lte') return { first: null, last: day }
  if (op === 'gt') return { first: shifted(day, 1), last: null }
  return { first: day, last: op === 'gte' ? null : day }
}

export function dateCondition({ column, fieldId }: SqlField, op: FilterOperator, value: unknown, zone: string): RawBuilder<boolean> {
  const { first, last } = daysOf(op, value, zone)
  // Rows of field_value count the days.
  const stored = (day: Day) => (fieldId === undefined ? day : sql`(${day} - date '1970-01-01')`)
  return both(first && sql<boolean>`${sql.ref(column)} >= ${stored(first)}`, last && sql<boolean>`${sql.ref(column)} <= ${stored(last)}`)
}

/** The days of the zone: from the first moment of the first to the first moment after the last. */
export function instantCondition(field: SqlField, op: FilterOperator, value: unknown, zone: string): RawBuilder<boolean> {
  const { first, last } = daysOf(op, value, zone)
  const begin = (day: Day) => sql`(${day}::timestamp at time zone ${zone})`
  const column = sql.ref(field.column)
  const lower = first ? sql<boolean>`${column} >= ${begin(first)}` : field.nothing === undefined ? null : sql<boolean>`not (${isEmpty(field)})`
  return both(lower, last && sql<boolean>`${column} < ${begin(shifted(last, 1))}`)
}

const both = (one: RawBuilder<boolean> | null, other: RawBuilder<boolean> | null): RawBuilder<boolean> =>
  sql<boolean>`(${one ?? sql<boolean>`true`} and ${other ?? sql<boolean>`true`})`
