import { defineError } from '@ai-crm/platform'

export const passwordsBusy = defineError(
  'auth.password.busy',
  503,
  () => 'Too many people are signing in at this moment. Try again shortly.',
  () => ({ retryAfterSeconds: 2 }),
)
