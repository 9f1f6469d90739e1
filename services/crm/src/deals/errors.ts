import { defineError } from '@ai-crm/platform'

export const amountIncomplete = defineError(
  'crm.deal.amount_incomplete',
  422,
  (_missing: 'amountMinor' | 'currency') => 'An amount needs its currency, and a currency its amount.',
  (missing) => ({ fields: [{ field: `/${missing}`, message: 'Missing' }] }),
)

export const currencyUnknown = defineError(
  'crm.deal.currency_unknown',
  422,
  (currency: string) => `${currency} is no currency of ISO 4217.`,
  () => ({ fields: [{ field: '/currency', message: 'Not a currency' }] }),
)

export const reasonWithoutLoss = defineError(
  'crm.deal.reason_without_loss',
  422,
  () => 'Only a lost deal has a reason for it.',
  () => ({ fields: [{ field: '/lostReason', message: 'The deal is not lost' }] }),
)

export const contactTwice = defineError(
  'crm.deal.contact_twice',
  422,
  (_index: number) => 'Somebody takes part in a deal once.',
  (index) => ({ fields: [{ field: `/contacts/${index}/contactId`, message: 'Is there already' }] }),
)

/** Another organisation's, out of reach, deleted or never there: the same answer. */
export const contactUnknown = defineError(
  'crm.deal.contact_unknown',
  422,
  (_index: number) => 'There is no such contact.',
  (index) => ({ fields: [{ field: `/contacts/${index}/contactId`, message: 'No such contact' }] }),
)
