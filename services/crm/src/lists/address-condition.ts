import type { FilterOperator, ListRecord } from '@ai-crm/contracts'
import { sql, type RawBuilder } from 'kysely'
import { z } from 'zod'
import { likeText } from './text-condition.ts'

/** All e-mail addresses of somebody, not the primary one alone: contact_address has them in the form in which they are compared. */
export function emailCondition(record: ListRecord, op: FilterOperator, value: unknown): RawBuilder<boolean> {
  const texts = z.union([z.array(z.string()), z.string().transform((text) => [text])]).parse(value)
  const asked = texts.map((text) => text.toLowerCase())
  const fits = op === 'is' || op === 'isAnyOf' ? sql`spoken.value in (${sql.join(asked)})` : sql`spoken.value like ${likeText(op, asked[0] ?? '')}`
  return sql<boolean>`${sql.ref(`${record}.id`)} in (select spoken.contact_id from contact_address as spoken where spoken.kind = 'email' and ${fits})`
}

/** Fewer digits are part of too many numbers. */
const MIN_DIGITS = 3

/** All phones, as they were written and as the world dials them: brackets and spaces make no difference. Rows from before the lists have the primary one only. */
export function phoneCondition(op: FilterOperator, value: unknown): RawBuilder<boolean> {
  if (op === 'isAnyOf')
    return sql<boolean>`(${sql.join(
      z
        .array(z.string())
        .parse(value)
        .map((text) => phoneCondition('is', text)),
      sql` or `,
    )})`
  const text = z.string().parse(value)
  const digits = text.replaceAll(/\D/g, '')
  const written = (column: RawBuilder<unknown>) =>
    op === 'is' ? sql`crm.fold_text(${column}) = crm.fold_text(${text})` : sql`crm.fold_text(${column}) like crm.fold_text(${likeText(op, text)})`
  const isNumber = digits.length >= MIN_DIGITS && /^[\d\s()+./-]+$/.test(text)
  const dialled = isNumber ? sql`or given.phone ->> 'e164' ${dialledAs(op, digits)}` : sql``
  return sql<boolean>`(${written(sql`contact.phone`)} is true or exists (
    select from jsonb_array_elements(contact.phones) as given (phone) where ${written(sql`given.phone ->> 'number'`)} ${dialled}))`
}

function dialledAs(op: FilterOperator, digits: string): RawBuilder<unknown> {
  if (op === 'is') return sql`= ${`+${digits}`}`
  return sql`like ${op === 'startsWith' ? `+${digits}%` : `%${digits}%`}`
}
