import { defineError } from '@ai-crm/platform'

/** One answer for a token that is unknown, over, revoked or stolen. */
export const sessionOver = defineError('auth.session.over', 401, () => 'Your session is over. Sign in again.')
