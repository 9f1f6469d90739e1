import { revokeSession } from '@ai-crm/platform'
import { auth } from '../ctx.ts'
import { purgeExpired } from './purge-expired.ts'
import { refuseSessionsLater } from './refuse-sessions-job.ts'

export const purgeExpiredHourly = auth.scheduled({ name: 'auth.purge-expired', schedule: '23 * * * *', handle: purgeExpired })

/** Tried until the cache has it: access tokens and sockets of these sessions are dead in every organisation within seconds. */
export const refuseSessions = auth.job({
  ...refuseSessionsLater,
  async handle({ cache }, { sessionIds }) {
    for (const sessionId of sessionIds) await revokeSession(cache, sessionId)
  },
})
