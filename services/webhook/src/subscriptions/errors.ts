import { defineError } from '@ai-crm/platform'

export const urlRefused = defineError(
  'webhook.subscription.url_refused',
  422,
  (reason: string) => `This address cannot be called. ${reason}`,
  (reason) => ({ fields: [{ field: '/url', message: reason }] }),
)
export const urlTaken = defineError(
  'webhook.subscription.url_taken',
  409,
  () => 'There is a webhook with this address already. Change that one.',
  () => ({ fields: [{ field: '/url', message: 'There is a webhook with this address already.' }] }),
)
export const unknownEventType = defineError(
  'webhook.subscription.unknown_event_type',
  422,
  (type: string) => `There is no public event ${type}.`,
  (type) => ({ fields: [{ field: '/eventTypes', message: `There is no public event ${type}.` }] }),
)
export const tooManyWebhooks = defineError(
  'webhook.subscription.too_many',
  409,
  (most: number) => `An organisation has at most ${most} webhooks. Delete one first.`,
)
export const switchedOff = defineError('webhook.subscription.switched_off', 409, () => 'The webhook is switched off. Switch it on first.')
