import { z } from 'zod'

/** What a field of a record holds: built-in ones and those that an organisation adds. */
export const FIELD_KINDS = ['text', 'number', 'money', 'date', 'instant', 'select', 'multiSelect', 'person', 'relation', 'url', 'checkbox'] as const
export const FieldKind = z.enum(FIELD_KINDS)
export type FieldKind = z.infer<typeof FieldKind>

/** Kinds that an organisation can add. */
export const CustomFieldKind = FieldKind.exclude(['instant'])
export type CustomFieldKind = z.infer<typeof CustomFieldKind>

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

/** Values in a request, by the field's id: null empties a field, one that is not named stays as it is. The kind of the field says what fits. */
const GivenValue = z.union([z.string().max(5000), z.number(), z.boolean(), z.array(z.string().max(100)).max(200), Money]).nullable()
export const GivenCustom = z.record(z.uuid(), GivenValue).refine((given) => Object.keys(given).length <= 100, 'At most 100 fields at once')
export type GivenCustom = z.infer<typeof GivenCustom>

const change = z.object({ from: CustomValue.nullable(), to: CustomValue.nullable() })
/** In an event: from → to by the field's id; null is empty. */
export const CustomChanges = z.record(z.string(), change)
export type CustomChanges = z.infer<typeof CustomChanges>
