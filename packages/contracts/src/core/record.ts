import type { z } from 'zod'
import type { RecordType } from './authorization.ts'

/** `fields`: an object of the record. `event`: data of an event about it, with its fields on top or below `changes`. */
export interface RecordMark {
  readonly record: RecordType
  readonly shape: 'fields' | 'event'
}

const marks = new WeakMap<z.ZodType, RecordMark>()

/**
 * Says that a schema of a contract is a record of this kind, so that the platform keeps its field rules wherever the schema
 * is answered or taken in: alone, in lists, inside other things. Mark the schema that stands in the endpoint.
 */
export function markRecord<Schema extends z.ZodType>(record: RecordType, schema: Schema, shape: RecordMark['shape'] = 'fields'): Schema {
  marks.set(schema, { record, shape })
  return schema
}

export const recordMarkOf = (schema: z.ZodType): RecordMark | undefined => marks.get(schema)

/** The fields that a role can hide or lock; the others are what a record cannot be shown without. */
export const RECORD_FIELDS: Readonly<Record<RecordType, readonly string[]>> = {
  contact: ['email', 'phone', 'company', 'position', 'note'],
  conversation: [],
}
