import type { FilterOperator } from '@ai-crm/contracts'
import { sql, type RawBuilder } from 'kysely'
import { z } from 'zod'
import type { SqlField } from './sql-field.ts'

/** Texts are compared as search compares them: without case, Cyrillic in Latin letters. */
export function textCondition(field: SqlField, op: FilterOperator, value: unknown): RawBuilder<boolean> {
  const subject = subjectOf(field)
  const folded = (text: string) => (field.form === 'lower' ? sql`${text.toLowerCase()}` : sql`crm.fold_text(${text})`)
  if (op === 'isAnyOf') return sql<boolean>`${subject} in (${sql.join(z.array(z.string()).parse(value).map(folded))})`
  const text = z.string().parse(value)
  if (op === 'is') return sql<boolean>`${subject} = ${folded(text)}`
  return sql<boolean>`${subject} like ${folded(likeText(op, text))}`
}

function subjectOf({ column, form, nothing }: SqlField): RawBuilder<unknown> {
  if (form !== undefined) return sql.ref(column)
  // Several texts, one after the other.
  return nothing === '{}' ? sql`crm.fold_text(array_to_string(${sql.ref(column)}, ' '))` : sql`crm.fold_text(${sql.ref(column)})`
}

/** What `startsWith` or `contains` asks, for LIKE. */
export const likeText = (op: FilterOperator, text: string): string => (op === 'startsWith' ? `${literally(text)}%` : `%${literally(text)}%`)

/** What LIKE takes for more than it is. */
const literally = (text: string): string => text.replaceAll(/[\\%_]/g, '\\$&')
