import { defineError } from '@ai-crm/platform'

/** The same for a wrong password, an unknown address and an account without a password (reliability 5.25). */
export const signInRefused = defineError('auth.sign_in.refused', 401, () => 'The e-mail address or the password is wrong.')

export const tooManyAttempts = defineError(
  'auth.sign_in.too_many_attempts',
  429,
  (_retryAfterSeconds: number) => 'Too many attempts for this address from here. Wait a little, then try again.',
  (retryAfterSeconds) => ({ retryAfterSeconds }),
)

/** Said only to whoever knows the password. */
export const noOrganization = defineError('auth.sign_in.no_organization', 403, () => 'You do not belong to any organisation any more.')
