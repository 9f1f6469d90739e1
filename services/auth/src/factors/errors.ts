import { defineError } from '@ai-crm/platform'

/** One answer for a code that is wrong, was used before or belongs to nobody. */
export const factorRefused = defineError('auth.factor.refused', 403, () => 'That did not prove who you are. Check it and try again.')

/** One answer for a challenge that is unknown, over, used up, or of another device. */
export const challengeOver = defineError(
  'auth.second_factor.challenge_over',
  403,
  () => 'This sign-in has taken too long or too many attempts. Begin again with your password.',
)

export const tooManyFactorAttempts = defineError(
  'auth.factor.too_many_attempts',
  429,
  (_retryAfterSeconds: number) => 'Too many wrong attempts. Wait a little, then try again.',
  (retryAfterSeconds) => ({ retryAfterSeconds }),
)

export const onlyVouched = defineError(
  'auth.factor.only_vouched',
  403,
  () => 'Your organisation’s provider vouches for you here only, and you belong to other organisations too. Sign in to one of those to add this.',
)

export const nothingToConfirm = defineError('auth.totp.nothing_to_confirm', 409, () => 'No authenticator app waits for its first code. Begin again.')

export const codeRefused = defineError(
  'auth.totp.code_refused',
  422,
  () => 'This code does not fit. Check that the clock of the device is right, and take the newest code.',
  () => ({ fields: [{ field: '/code', message: 'Wrong code' }] }),
)

export const noSecondFactor = defineError(
  'auth.recovery_codes.no_factor',
  409,
  () => 'Recovery codes come with an authenticator app or a passkey. Add one first.',
)

export const passkeyRefused = defineError('auth.passkey.refused', 422, () => 'This passkey could not be verified. Begin again.')
export const passkeyKnown = defineError('auth.passkey.known', 409, () => 'This passkey is registered already.')
export const tooManyPasskeys = defineError('auth.passkey.too_many', 409, (limit: number) => `At most ${limit} passkeys. Remove one first.`)
