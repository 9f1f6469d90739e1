import {
  fileInfected,
  importInfected,
  messageInfected,
  noteCreated,
  noteUpdated,
  taskReminded,
  webhookCreated,
  webhookDisabled,
  webhookUpdated,
} from '@ai-crm/contracts'
import { auth } from '../ctx.ts'
import { remindOfTask } from './remind-of-task.ts'
import { tellMalware } from './tell-malware.ts'
import { tellMentioned } from './tell-mentioned.ts'
import { tellOfNewAddress, tellOfWebhook } from './tell-of-webhook.ts'
import { tellWebhookDisabled } from './tell-webhook-disabled.ts'

/** What happens elsewhere and people must hear of by mail: here it is known who they are. */
export const noticeConsumers = [
  auth.consume({ name: 'auth.tell-webhook-disabled', event: webhookDisabled, handle: tellWebhookDisabled }),
  auth.consume({ name: 'auth.tell-of-webhook', event: webhookCreated, handle: tellOfWebhook }),
  auth.consume({ name: 'auth.tell-of-webhook-address', event: webhookUpdated, handle: tellOfNewAddress }),
  auth.consume({
    name: 'auth.tell-infected-file',
    event: fileInfected,
    handle: (scope, event) => {
      const { fileId: id, contactId, companyId, dealId, addedById, finding } = event.data
      const page = contactId ? `/contacts/${contactId}` : companyId ? `/companies/${companyId}` : `/deals/${dealId}`
      return tellMalware(scope, event, { where: 'file', id, finding, page, ...(addedById === null ? {} : { by: { type: 'user', id: addedById } }) })
    },
  }),
  auth.consume({
    name: 'auth.tell-infected-message',
    event: messageInfected,
    handle: (scope, event) => {
      const { messageId: id, conversationId, finding } = event.data
      return tellMalware(scope, event, { where: 'message', id, finding, page: `/inbox/all/${conversationId}` })
    },
  }),
  auth.consume({
    name: 'auth.tell-infected-import',
    event: importInfected,
    // Nobody but its owner sees an import.
    handle: (scope, event) =>
      tellMalware(scope, event, { where: 'import', id: event.data.importId, finding: event.data.finding, page: '/settings/security-log' }),
  }),
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
