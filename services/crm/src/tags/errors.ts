import { defineError } from '@ai-crm/platform'

export const nameTaken = defineError(
  'crm.tag.name_taken',
  409,
  (name: string) => `There is a tag “${name}” already.`,
  () => ({ fields: [{ field: '/name', message: 'Taken' }] }),
)

export const tooManyTags = defineError('crm.tag.too_many', 409, (limit: number) => `An organisation has at most ${limit} tags. Merge or delete some first.`)

/** Another organisation's, deleted or never there: the same answer. */
export const tagUnknown = defineError(
  'crm.tag.unknown',
  422,
  (_field: string) => 'There is no such tag.',
  (field) => ({ fields: [{ field, message: 'No such tag' }] }),
)
