import { CUSTOM_PREFIX, recordMarkOf, rulesWithin, type Endpoint, type FieldRules } from '@ai-crm/contracts'
import { defineError } from '../errors.ts'

export const fieldDenied = defineError(
  'platform.field_denied',
  403,
  (fields: readonly string[]) => `Your role does not permit to change ${fields.join(', ')}.`,
  (fields) => ({ fields: fields.map((field) => ({ field: `/${field.replace('.', '/')}`, message: 'Your role does not permit this.' })) }),
)

/** Throws `fieldDenied` that names the fields which the body sets and the rules hide or lock. */
export function protectFields(endpoint: Endpoint, sent: unknown, rules: FieldRules): void {
  const mark = endpoint.body && recordMarkOf(endpoint.body)
  if (!mark || typeof sent !== 'object' || sent === null) return
  const locked = Object.assign({}, ...mark.records.map((record) => rulesWithin(record, rules[record])))
  // A new record without the field is what everybody makes who leaves it empty.
  const isEmpty = (value: unknown): boolean => value === undefined || (value === null && endpoint.method === 'POST')
  const denied = [...Object.entries(sent), ...customOf(sent)].flatMap(([field, value]) => (Object.hasOwn(locked, field) && !isEmpty(value) ? [field] : []))
  if (denied.length > 0) throw fieldDenied(denied)
}

/** Custom values by the names that rules have for them: `custom.<id>`. */
const customOf = (sent: object): [string, unknown][] =>
  'custom' in sent && typeof sent.custom === 'object' && sent.custom !== null
    ? Object.entries(sent.custom).map(([fieldId, value]) => [CUSTOM_PREFIX + fieldId, value])
    : []
