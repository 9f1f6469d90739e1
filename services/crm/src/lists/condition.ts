import { Money, type FieldKind, type FilterOperator, type ListRecord } from '@ai-crm/contracts'
import { ofTeamsOf } from '@ai-crm/platform'
import { sql, type RawBuilder } from 'kysely'
import { z } from 'zod'
import { emailCondition, phoneCondition } from './address-condition.ts'
import { dateCondition, instantCondition } from './day-condition.ts'
import type { ListAsker } from './list-asker.ts'
import { isEmpty, type SqlField } from './sql-field.ts'
import { textCondition } from './text-condition.ts'

export interface Question {
  readonly kind: FieldKind
  readonly op: FilterOperator
  /** Checked by `problemsOf`. */
  readonly value: unknown
}

/** These say the opposite of another one, and are true of records without a value. */
const OPPOSITES: Partial<Record<FilterOperator, FilterOperator>> = { isNot: 'is', isNoneOf: 'isAnyOf' }

/** The question to one field of the record, as SQL that is never null. */
export function conditionOf(asker: ListAsker, record: ListRecord, column: SqlField, question: Question): RawBuilder<boolean> {
  const opposite = oppositeOf(question)
  if (opposite) return oppositeTo(column, conditionOf(asker, record, column, opposite))
  if (column.fieldId !== undefined) return customCondition(asker, record, column.fieldId, column, question)
  if (question.op === 'isEmpty') return isEmpty(column)
  if (question.op === 'isNotEmpty') return sql<boolean>`not (${isEmpty(column)})`
  if (column.addresses === 'email') return emailCondition(record, question.op, question.value)
  if (column.addresses === 'phone') return phoneCondition(question.op, question.value)
  return column.isTags ? isTagged(record, question.value) : holds(asker, column, question)
}

/** Of a custom field it is `exists`, never null: only as `not exists` PostgreSQL walks past those who have it, instead of collecting them. */
const oppositeTo = ({ fieldId }: SqlField, condition: RawBuilder<boolean>): RawBuilder<boolean> =>
  fieldId === undefined ? sql<boolean>`(${condition}) is not true` : sql<boolean>`not ${condition}`

const isTagged = (record: ListRecord, value: unknown): RawBuilder<boolean> =>
  sql<boolean>`${sql.ref(`${record}.id`)} in (select record_tag.record_id from record_tag
    where record_tag.tag_id in (${sql.join(
      z
        .array(z.string())
        .parse(value)
        .map((id) => sql`${id}::uuid`),
    )}))`

/** A box that was never checked is not checked. */
function oppositeOf({ kind, op, value }: Question): Question | null {
  if (kind === 'checkbox' && op === 'is' && value === false) return { kind, op, value: true }
  const opposite = OPPOSITES[op]
  return opposite ? { kind, op: opposite, value } : null
}

/** Among the rows of field_value; without a row there is no value. */
function customCondition(asker: ListAsker, record: ListRecord, fieldId: string, column: SqlField, question: Question): RawBuilder<boolean> {
  const { op } = question
  const asked = op === 'isEmpty' || op === 'isNotEmpty' ? sql<boolean>`true` : holds(asker, column, question)
  const found = sql<boolean>`exists (select from field_value as kept where kept.field_id = ${fieldId}::uuid and kept.record_id = ${sql.ref(`${record}.id`)} and ${asked})`
  return op === 'isEmpty' ? sql<boolean>`not ${found}` : found
}

function holds(asker: ListAsker, column: SqlField, { kind, op, value }: Question): RawBuilder<boolean> {
  if (kind === 'text' || kind === 'url') return textCondition(column, op, value)
  if (kind === 'date') return dateCondition(column, op, value, asker.zone)
  if (kind === 'instant') return instantCondition(column, op, value, asker.zone)
  if (kind === 'money') return moneyCondition(column, op, value)
  if (kind === 'person' && (op === 'isMe' || op === 'isMyTeams')) return personCondition(asker, column, op)
  return compare(sql.ref(column.column), op, value, operandOf(kind, column))
}

function operandOf(kind: FieldKind, { fieldId, isUuid }: SqlField): Operand {
  if (kind === 'checkbox') return (one) => sql`${one === true ? 1 : 0}::float8`
  if (kind === 'number') return (one) => sql`${one}::float8`
  // Rows of field_value keep ids as texts.
  const isId = isUuid || ((kind === 'person' || kind === 'relation') && fieldId === undefined)
  return isId ? (one) => sql`${one}::uuid` : (one) => sql`${one}::text`
}

function personCondition({ rights }: ListAsker, { column, fieldId }: SqlField, op: 'isMe' | 'isMyTeams'): RawBuilder<boolean> {
  if (!rights) return sql<boolean>`false`
  if (fieldId !== undefined) return sql<boolean>`${sql.ref(column)} = ${rights.userId}::text`
  return op === 'isMe' ? sql<boolean>`${sql.ref(column)} = ${rights.userId}::uuid` : ofTeamsOf(rights.userId, column)
}

/** Amounts of another currency are neither more nor less. */
function moneyCondition({ column, currency }: SqlField, op: FilterOperator, value: unknown): RawBuilder<boolean> {
  const [first, ...others] = z.union([Money.transform((money) => [money]), z.array(Money)]).parse(value)
  const amounts = [first, ...others].map((money) => money?.amountMinor)
  const amount = compare(sql.ref(column), op, op === 'between' ? amounts : amounts[0], (one) => sql`${one}::bigint`)
  return sql<boolean>`(${sql.ref(currency ?? column)} = ${first?.currency} and ${amount})`
}

const COMPARISONS = { is: sql`=`, lt: sql`<`, lte: sql`<=`, gt: sql`>`, gte: sql`>=` } as const
const isComparison = (op: FilterOperator): op is keyof typeof COMPARISONS => op in COMPARISONS

type Operand = (value: unknown) => RawBuilder<unknown>

/** `subject` with one value or several, each made an operand. */
export function compare(subject: RawBuilder<unknown>, op: FilterOperator, value: unknown, operand: Operand): RawBuilder<boolean> {
  if (isComparison(op)) return sql<boolean>`${subject} ${COMPARISONS[op]} ${operand(value)}`
  const values = z.array(z.unknown()).parse(value)
  if (op === 'between') return sql<boolean>`${subject} between ${operand(values[0])} and ${operand(values[1])}`
  return sql<boolean>`${subject} in (${sql.join(values.map(operand))})`
}
