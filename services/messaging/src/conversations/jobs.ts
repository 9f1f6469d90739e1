import { messaging } from '../ctx.ts'
import { follow, followMerge } from './follow-merge.ts'
import { handOver, handOverConversations } from './hand-over.ts'
import { wakeConversation } from './wake-conversation.ts'
import { wakeSnoozed } from './wake-snoozed.ts'

export const conversationJobs = [
  messaging.job({ ...wakeConversation, handle: wakeSnoozed }),
  messaging.job({ ...handOverConversations, timeoutMs: 120_000, handle: handOver }),
  messaging.job({ ...followMerge, timeoutMs: 120_000, handle: follow }),
]
