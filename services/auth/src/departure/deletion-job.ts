import type { Job } from '@ai-crm/platform'
import { z } from 'zod'

/** At the end of the grace period. Runs `eraseWhenDue`. */
export const eraseWhenDueJob: Job<null> = { name: 'auth.erase-when-due', payload: z.null() }
