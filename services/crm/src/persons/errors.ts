import { defineError } from '@ai-crm/platform'

export const nameMismatch = defineError(
  'crm.person.name_mismatch',
  422,
  () => 'This is not the name of the contact. Type it exactly as it is shown.',
  () => ({ fields: [{ field: '/name', message: 'Not the name of the contact' }] }),
)
