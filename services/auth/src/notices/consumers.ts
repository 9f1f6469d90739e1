import { noteCreated, noteUpdated, taskReminded, webhookDisabled } from '@ai-crm/contracts'
import { auth } from '../ctx.ts'
import { remindOfTask } from './remind-of-task.ts'
import { tellMentioned } from './tell-mentioned.ts'
import { tellWebhookDisabled } from './tell-webhook-disabled.ts'

/** What happens elsewhere and people must hear of by mail: here it is known who they are. */
export const noticeConsumers = [
  auth.consume({ name: 'auth.tell-webhook-disabled', event: webhookDisabled, handle: tellWebhookDisabled }),
  auth.consume({ name: 'auth.remind-of-task', event: taskReminded, handle: remindOfTask }),
  auth.consume({
    name: 'auth.tell-mentioned-by-note',
    event: noteCreated,
    handle: (scope, event) => tellMentioned(scope, event, event.data.mentions),
  }),
  auth.consume({
    name: 'auth.tell-mentioned-by-change',
    event: noteUpdated,
    handle: (scope, event) => {
      const { from = [], to = [] } = event.data.changes.mentions ?? {}
      return tellMentioned(
        scope,
        event,
        to.filter((userId) => !from.includes(userId)),
      )
    },
  }),
]
