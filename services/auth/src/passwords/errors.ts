import { defineError } from '@ai-crm/platform'

export const passwordsBusy = defineError(
  'auth.password.busy',
  503,
  () => 'Too many people are signing in at this moment. Try again shortly.',
  () => ({ retryAfterSeconds: 2 }),
)

export const passwordTooCommon = defineError(
  'auth.password.common',
  422,
  (_field: string) => 'This password is among the first that attackers try. Take a longer one that nobody else has: three or four words will do.',
  (field) => ({ fields: [{ field, message: 'Attackers try this password first. Take a longer one, three or four words will do.' }] }),
)

export const wrongPassword = defineError(
  'auth.password.wrong',
  403,
  (_field: string) => 'The password is wrong.',
  (field) => ({ fields: [{ field, message: 'This password is wrong.' }] }),
)
