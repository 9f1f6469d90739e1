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
