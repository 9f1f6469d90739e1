import { createClient } from '@ai-crm/contracts'
import { accessToken, refreshAccessToken } from '../session/refresh.ts'
import { askToStepUp } from '../session/step-up-store.ts'
import { currentSession } from '../session/session-store.ts'

/** Every endpoint, with the token of the signed-in person; a 401 is answered by one refresh and one repeat, a missing proof by a dialog. */
export const api = createClient({
  baseUrl: '',
  accessToken,
  onUnauthorized: async () => currentSession().status !== 'signed-out' && (await refreshAccessToken()) !== null,
  onStepUpNeeded: askToStepUp,
})
