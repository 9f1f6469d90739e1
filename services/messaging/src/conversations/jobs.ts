import { messaging } from '../ctx.ts'
import { wakeConversation } from './wake-conversation.ts'
import { wakeSnoozed } from './wake-snoozed.ts'

export const conversationJobs = [messaging.job({ ...wakeConversation, handle: wakeSnoozed })]
