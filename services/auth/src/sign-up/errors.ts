import { defineError } from '@ai-crm/platform'

/**
 * Says nothing about why. That the address has an account could still be concluded from it, until sign-up is confirmed by
 * e-mail; guessing is bounded by the attempts per address and network.
 */
export const signUpRefused = defineError('auth.sign_up.refused', 409, () => 'This account could not be created. If you already have one, sign in.')
