import { aiPersonErased, crmPersonErased, messagingPersonErased, pipelinePersonErased, webhookPersonErased } from '@ai-crm/contracts'
import { crm } from '../ctx.ts'
import { hearPart } from './hear-part.ts'

export const personErasureConsumers = [crmPersonErased, messagingPersonErased, aiPersonErased, webhookPersonErased, pipelinePersonErased].map((event) =>
  crm.consume({ name: 'crm.hear-erased-person', event, handle: (scope, { data }) => hearPart(scope, data) }),
)
