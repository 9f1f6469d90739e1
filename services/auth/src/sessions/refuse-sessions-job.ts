import type { Job } from '@ai-crm/platform'
import { z } from 'zod'

/** Sessions of one job: its payload stays small. */
export const SESSIONS_PER_JOB = 100

/** Runs `refuseSessions`. */
export const refuseSessionsLater: Job<{ sessionIds: string[] }> = {
  name: 'auth.refuse-sessions',
  payload: z.object({ sessionIds: z.array(z.uuid()).max(SESSIONS_PER_JOB) }),
}
