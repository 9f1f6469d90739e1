import type { Job } from '@ai-crm/platform'
import { z } from 'zod'

/** The alarm of a snooze; runs `wakeSnoozed`. */
export const wakeConversation: Job<{ conversationId: string }> = {
  name: 'messaging.wake-conversation',
  payload: z.object({ conversationId: z.uuid() }),
}
