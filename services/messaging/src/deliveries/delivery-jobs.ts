import type { Job } from '@ai-crm/platform'
import { z } from 'zod'

/** Try to send; runs `attemptDelivery`. */
export const deliverMessage: Job<{ messageId: string }> = {
  name: 'messaging.deliver-message',
  payload: z.object({ messageId: z.uuid() }),
}

/** The end of a claim's lease; runs `recoverDelivery`. */
export const recoverDeliveryJob: Job<{ messageId: string; fence: number }> = {
  name: 'messaging.recover-delivery',
  payload: z.object({ messageId: z.uuid(), fence: z.number().int() }),
}
