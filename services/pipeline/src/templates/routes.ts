import { pipelineTemplateEndpoints } from '@ai-crm/contracts'
import { pipeline } from '../ctx.ts'
import { listTemplates } from './list-templates.ts'

export const templateRoutes = [
  pipeline.handle(pipelineTemplateEndpoints.listPipelineTemplates, async (_ctx, { query }) => ({ items: listTemplates(query.locale) })),
]
