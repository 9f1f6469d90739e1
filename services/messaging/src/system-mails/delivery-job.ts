import type { Job } from '@ai-crm/platform'
import { z } from 'zod'

/** Try to send; runs `attemptSystemMail`. */
export const deliverSystemMail: Job<{ mailId: string }> = {
  name: 'messaging.deliver-system-mail',
  payload: z.object({ mailId: z.uuid() }),
}
