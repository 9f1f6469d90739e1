import { z } from 'zod'

/** What a field of a record holds: built-in ones and those that an organisation adds. */
export const FIELD_KINDS = ['text', 'number', 'money', 'date', 'instant', 'select', 'multiSelect', 'person', 'relation', 'url', 'checkbox'] as const
export const FieldKind = z.enum(FIELD_KINDS)
export type FieldKind = z.infer<typeof FieldKind>

/** Kinds that an organisation can add. */
export const CustomFieldKind = FieldKind.exclude(['instant'])
export type CustomFieldKind = z.infer<typeof CustomFieldKind>

/** Before the id of a custom field wherever a field is named by a key: in filters, sorts, columns, rules of roles. */
export const CUSTOM_PREFIX = 'custom.'

/** The id of the custom field that the key names; null where it names a built-in one. */
export const customFieldIdOf = (key: string): string | null => (key.startsWith(CUSTOM_PREFIX) ? key.slice(CUSTOM_PREFIX.length) : null)

/** In the smallest unit of the currency (ISO 4217): 1050 with EUR is 10.50. */
export const Money = z.strictObject({
  amountMinor: z.number().int().min(-Number.MAX_SAFE_INTEGER).max(Number.MAX_SAFE_INTEGER),
  currency: z.string().regex(/^[A-Z]{3}$/),
})
export type Money = z.infer<typeof Money>

/**
 * By the kind of the field: text, url, select (the option's id), date (`2026-01-31`), person and relation (an id) are texts; number; money;
 * multiSelect is a list of options' ids; checkbox.
 */
export const CustomValue = z.union([z.string(), z.number(), z.boolean(), z.array(z.string()), Money])
export type CustomValue = z.infer<typeof CustomValue>

/** By the field's id; a field without a value is not there. */
export const CustomValues = z.record(z.string(), CustomValue)
export type CustomValues = z.infer<typeof CustomValues>
