import { defineError } from '@ai-crm/platform'

export const emailTaken = defineError(
  'crm.contact.email_taken',
  409,
  (email: string) => `${email} already belongs to a contact.`,
  () => ({ fields: [{ field: '/email', message: 'Already belongs to a contact' }] }),
)
