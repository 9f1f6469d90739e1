import { z } from 'zod'
import type { FieldRule, RecordType } from './authorization.ts'
import { customFieldIdOf } from './custom-field-key.ts'

/** `fields`: an object of the record. `event`: data of an event about it, with its fields on top or below `changes`. */
export interface RecordMark {
  /** One kind; several where events about any of them stand, and what is hidden of one is hidden in all. */
  readonly records: readonly RecordType[]
  readonly shape: 'fields' | 'event'
}

const marks = new WeakMap<z.ZodType, RecordMark>()

/**
 * Says that a schema of a contract is a record of this kind, so that the platform keeps its field rules wherever the schema
 * is answered or taken in: alone, in lists, inside other things. Mark the schema that stands in the endpoint.
 */
export function markRecord<Schema extends z.ZodType>(
  record: RecordType | readonly RecordType[],
  schema: Schema,
  shape: RecordMark['shape'] = 'fields',
): Schema {
  marks.set(schema, { records: [record].flat(), shape })
  return schema
}

export const recordMarkOf = (schema: z.ZodType): RecordMark | undefined => marks.get(schema)

/** The fields that a role can hide or lock; the others are what a record cannot be shown without. */
export const RECORD_FIELDS: Readonly<Record<RecordType, readonly string[]>> = {
  contact: ['email', 'phone', 'telegrams', 'company', 'position', 'note', 'preferredChannel', 'timeZone', 'language', 'consent'],
  company: ['domains', 'website', 'phone', 'address', 'industry', 'size', 'note'],
  deal: ['amountMinor', 'expectedCloseOn', 'lostReason'],
  conversation: [],
}

const WITH_CUSTOM_FIELDS: ReadonlySet<RecordType> = new Set(['contact', 'company', 'deal'])

/** Whether a role can hide or lock the field: one of RECORD_FIELDS, or a custom one, `custom.<id>`. */
export function isRuledField(record: RecordType, field: string): boolean {
  const customId = customFieldIdOf(field)
  return customId === null ? RECORD_FIELDS[record].includes(field) : WITH_CUSTOM_FIELDS.has(record) && z.uuid().safeParse(customId).success
}

/** Fields that tell the same in another form: the rule on the first holds for the others as well. */
const FIELDS_UNDER: Readonly<Partial<Record<RecordType, Readonly<Record<string, readonly string[]>>>>> = {
  contact: { email: ['emails'], phone: ['phones'], company: ['companyId'], consent: ['consentOn', 'consentSource', 'consentNote'] },
  deal: { amountMinor: ['currency'] },
}

/** The rules of a role on a kind of record, with the fields that are under those. */
export function rulesWithin(record: RecordType, rules: Readonly<Record<string, FieldRule>> = {}): Readonly<Record<string, FieldRule>> {
  const under = FIELDS_UNDER[record]
  if (!under) return rules
  const entries = Object.entries(rules).flatMap(([field, rule]) => [field, ...(under[field] ?? [])].map((name): [string, FieldRule] => [name, rule]))
  return Object.fromEntries(entries)
}
