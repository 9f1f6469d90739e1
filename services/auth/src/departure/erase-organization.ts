import {
  aiSagaAnswered,
  authSagaRequested,
  crmSagaAnswered,
  messagingSagaAnswered,
  pipelineSagaAnswered,
  webhookSagaAnswered,
  websocketSagaAnswered,
} from '@ai-crm/contracts'
import { beginErasing } from '@ai-crm/platform'
import { z } from 'zod'
import { auth } from '../ctx.ts'

const Nothing = z.object({})

/**
 * Every service erases what it keeps of an organisation. There is no way back and no end of trying. Auth is the last: it
 * knows who is still to be asked.
 */
export const eraseOrganization = auth.saga<z.infer<typeof Nothing>>({
  name: 'auth.erase-organization',
  input: Nothing,
  steps: ['crm.erase', 'messaging.erase', 'ai.erase', 'webhook.erase', 'pipeline.erase', 'websocket.erase'],
  order: 'together',
  stepTimeoutMs: () => null,
  requested: authSagaRequested,
  answered: [crmSagaAnswered, messagingSagaAnswered, aiSagaAnswered, webhookSagaAnswered, pipelineSagaAnswered, websocketSagaAnswered],
  whenDone: (scope) => beginErasing(scope, crypto.randomUUID()),
  undo: async () => undefined,
})
