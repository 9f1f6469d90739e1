import { defineError } from '@ai-crm/platform'

export const labelTaken = defineError(
  'crm.field.label_taken',
  409,
  (label: string) => `There is a field called “${label}” already.`,
  () => ({ fields: [{ field: '/label', message: 'Taken' }] }),
)

export const tooManyFields = defineError('crm.field.too_many', 409, (limit: number) => `A kind of record has at most ${limit} fields. Delete one first.`)

/** What does not go together in a definition; `place` is a pointer into the body. */
export const fieldUnsound = defineError(
  'crm.field.unsound',
  422,
  (_place: string, message: string) => message,
  (place, message) => ({ fields: [{ field: place, message }] }),
)

export interface WrongValue {
  readonly fieldId: string
  readonly message: string
}

const atValues = (values: readonly WrongValue[]) => ({ fields: values.map(({ fieldId, message }) => ({ field: `/custom/${fieldId}`, message })) })

/** Values that do not fit their fields, all of them at once. */
export const valuesUnfit = defineError(
  'crm.field.values_unfit',
  422,
  (_values: readonly WrongValue[]) => 'Some custom fields cannot have these values.',
  (values) => atValues(values),
)

/** Fields that have to have a value. */
export const valuesMissing = defineError(
  'crm.field.values_missing',
  422,
  (fields: readonly { id: string; label: string }[]) => `Fill in: ${fields.map(({ label }) => label).join(', ')}.`,
  (fields) => atValues(fields.map(({ id }) => ({ fieldId: id, message: 'Missing' }))),
)
