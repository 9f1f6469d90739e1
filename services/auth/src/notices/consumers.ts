import { taskReminded, webhookDisabled } from '@ai-crm/contracts'
import { auth } from '../ctx.ts'
import { remindOfTask } from './remind-of-task.ts'
import { tellWebhookDisabled } from './tell-webhook-disabled.ts'

/** What happens elsewhere and people must hear of by mail: here it is known who they are. */
export const noticeConsumers = [
  auth.consume({ name: 'auth.tell-webhook-disabled', event: webhookDisabled, handle: tellWebhookDisabled }),
  auth.consume({ name: 'auth.remind-of-task', event: taskReminded, handle: remindOfTask }),
]
