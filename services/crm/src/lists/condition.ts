import { Money, type FieldKind, type FilterOperator } from '@ai-crm/contracts'
import { ofTeamsOf, type Asker } from '@ai-crm/platform'
import { sql, type RawBuilder } from 'kysely'
import { z } from 'zod'
import { dateCondition, instantCondition } from './day-condition.ts'
import { isEmpty, type SqlField } from './sql-field.ts'
import { textCondition } from './text-condition.ts'

export interface Question {
  readonly kind: FieldKind
  readonly op: FilterOperator
  /** Checked by `problemsOf`. */
  readonly value: unknown
}

/** Who asks, and whose days are meant. */
export interface ListAsker extends Asker {
  readonly zone: string
}

/** These say the opposite of another one, and are true of records without a value. */
const OPPOSITES: Partial<Record<FilterOperator, FilterOperator>> = { isNot: 'is', isNoneOf: 'isAnyOf' }

/** The question to one column, as SQL that is never null. */
export function conditionOf(asker: ListAsker, column: SqlField, question: Question): RawBuilder<boolean> {
  const opposite = OPPOSITES[question.op]
  if (opposite) return sql<boolean>`(${holds(asker, column, { ...question, op: opposite })}) is not true`
  if (question.op === 'isEmpty') return isEmpty(column)
  return question.op === 'isNotEmpty' ? sql<boolean>`not (${isEmpty(column)})` : holds(asker, column, question)
}

function holds(asker: ListAsker, column: SqlField, { kind, op, value }: Question): RawBuilder<boolean> {
  if (kind === 'text' || kind === 'url') return textCondition(column, op, value)
  if (kind === 'date') return dateCondition(column, op, value, asker.zone)
  if (kind === 'instant') return instantCondition(column, op, value, asker.zone)
  if (kind === 'money') return moneyCondition(column, op, value)
  if (kind === 'person' && (op === 'isMe' || op === 'isMyTeams')) return personCondition(asker, column, op)
  const cast = kind === 'person' || kind === 'relation' ? sql`::uuid` : sql``
  return compare(sql.ref(column.column), op, value, (one) => sql`${one}${cast}`)
}

function personCondition({ rights }: ListAsker, { column }: SqlField, op: 'isMe' | 'isMyTeams'): RawBuilder<boolean> {
  if (!rights) return sql<boolean>`false`
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
