import { defineError } from '@ai-crm/platform'

export const notYours = defineError('crm.note.not_yours', 403, () => 'Only whoever wrote a note changes it.')

export const mentionUnknown = defineError(
  'crm.note.mention_unknown',
  422,
  (_index: number) => 'This person does not belong to the organisation. Mention one of its members.',
  (index) => ({ fields: [{ field: `/mentions/${index}`, message: 'Not a member of the organisation' }] }),
)
