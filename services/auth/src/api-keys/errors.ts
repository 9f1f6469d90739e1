import { defineError } from '@ai-crm/platform'

/** One answer for a key that is unknown, expired, revoked, used from elsewhere, or whose maker has left. */
export const apiKeyRefused = defineError('auth.api_key.refused', 401, () => 'This API key is not accepted.')

export const permissionsTooWide = defineError(
  'auth.api_key.permissions_too_wide',
  422,
  (names: readonly string[]) => `A key cannot be given what you may not do yourself, nor what keys may not do at all: ${names.join(', ')}.`,
  (names) => ({ fields: names.map((name) => ({ field: '/permissions', message: name })) }),
)

export const tooManyKeys = defineError('auth.api_key.too_many', 409, (limit: number) => `There are ${limit} API keys already. Revoke one first.`)
