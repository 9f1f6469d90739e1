import { defineError } from '@ai-crm/platform'

export const onItsWay = defineError('webhook.delivery.on_its_way', 409, () => 'It is on its way already. Look at how it goes.')
export const tooManyAttempts = defineError(
  'webhook.delivery.too_many_attempts',
  409,
  (most: number) => `It was tried ${most} times. Mend the receiver, and fetch what it missed by the API.`,
)
