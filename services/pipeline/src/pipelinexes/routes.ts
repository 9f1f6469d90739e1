import { pipelineEndpoints } from '@ai-crm/contracts'
import { pipeline } from '../ctx.ts'
import { createPipelinex } from './create-pipelinex.ts'
import { getPipelinex } from './get-pipelinex.ts'
import { listPipelinexes } from './list-pipelinexes.ts'

export const pipelinexRoutes = [
  pipeline.handle(pipelineEndpoints.listPipelinexes, (ctx, { query }) => listPipelinexes(ctx, query)),
  pipeline.handle(pipelineEndpoints.getPipelinex, (ctx, { params }) => getPipelinex(ctx, params.pipelinexId)),
  pipeline.handle(pipelineEndpoints.createPipelinex, (ctx, { body }) => createPipelinex(ctx, body)),
]
