import { apiKeyRevoked, sessionRevoked } from '@ai-crm/contracts'
import { revokeSession } from '@ai-crm/platform'
import { auth } from '../ctx.ts'

/** A key is the session of its tokens. Also when the process died between the commit and the cache, or the cache was away: access tokens end with their session. */
export const refusingConsumers = [
  auth.consume({ name: 'auth.refuse-revoked-session', event: sessionRevoked, handle: ({ cache }, { data }) => revokeSession(cache, data.sessionId) }),
  auth.consume({ name: 'auth.refuse-revoked-key', event: apiKeyRevoked, handle: ({ cache }, { data }) => revokeSession(cache, data.keyId) }),
]
