import { defineError } from '@ai-crm/platform'

export const emailTaken = defineError(
  'crm.contact.email_taken',
  409,
  (email: string, _field: string) => `${email} already belongs to a contact.`,
  (_email, field) => ({ fields: [{ field, message: 'Already belongs to a contact' }] }),
)

export const telegramTaken = defineError(
  'crm.contact.telegram_taken',
  409,
  (account: string, _field: string) => `The Telegram account ${account} already belongs to a contact.`,
  (_account, field) => ({ fields: [{ field, message: 'Already belongs to a contact' }] }),
)

export const primaryDiffers = defineError(
  'crm.contact.primary_differs',
  422,
  (field: 'email' | 'phone') => `“${field}” is the first of “${field}s”. Leave it out, or write the same.`,
  (field) => ({ fields: [{ field: `/${field}`, message: 'Not the first of the list' }] }),
)

export const telegramEmpty = defineError(
  'crm.contact.telegram_empty',
  422,
  (_index: number) => 'A Telegram account has a number, a name, or both.',
  (index) => ({ fields: [{ field: `/telegrams/${index}`, message: 'Neither number nor name' }] }),
)

export const consentUnsaid = defineError(
  'crm.contact.consent_unsaid',
  422,
  (_field: string) => 'Say whether consent was given or withdrawn: without that it has no day, no source and no note.',
  (field) => ({ fields: [{ field: `/${field}`, message: 'There is no consent that this would be about' }] }),
)

export const consentInFuture = defineError(
  'crm.contact.consent_in_future',
  422,
  () => 'Nobody has consented in the future.',
  () => ({ fields: [{ field: '/consentOn', message: 'Later than tomorrow' }] }),
)
