import {
  aiPersonDelayed,
  aiPersonErased,
  crmPersonDelayed,
  crmPersonErased,
  messagingPersonDelayed,
  messagingPersonErased,
  pipelinePersonDelayed,
  pipelinePersonErased,
  webhookPersonDelayed,
  webhookPersonErased,
} from '@ai-crm/contracts'
import { crm } from '../ctx.ts'
import { hearDelay } from './hear-delay.ts'
import { hearPart } from './hear-part.ts'

export const personErasureConsumers = [
  ...[crmPersonErased, messagingPersonErased, aiPersonErased, webhookPersonErased, pipelinePersonErased].map((event) =>
    crm.consume({ name: 'crm.hear-erased-person', event, handle: (scope, { data }) => hearPart(scope, data) }),
  ),
  ...[crmPersonDelayed, messagingPersonDelayed, aiPersonDelayed, webhookPersonDelayed, pipelinePersonDelayed].map((event) =>
    crm.consume({ name: 'crm.hear-delayed-erasure', event, handle: ({ db }, { data }) => hearDelay(db, data) }),
  ),
]
