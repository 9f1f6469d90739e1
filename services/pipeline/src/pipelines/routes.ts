import { pipelineEndpoints } from '@ai-crm/contracts'
import { pipeline } from '../ctx.ts'
import { archivePipeline } from './archive-pipeline.ts'
import { createPipeline } from './create-pipeline.ts'
import { getPipeline } from './get-pipeline.ts'
import { listPipelines } from './list-pipelines.ts'
import { updatePipeline } from './update-pipeline.ts'

export const pipelineRoutes = [
  pipeline.handle(pipelineEndpoints.listPipelines, async (ctx) => ({ items: await listPipelines(ctx) })),
  pipeline.handle(pipelineEndpoints.getPipeline, (ctx, { params }) => getPipeline(ctx, params.pipelineId)),
  pipeline.handle(pipelineEndpoints.createPipeline, (ctx, { body }) => createPipeline(ctx, body)),
  pipeline.handle(pipelineEndpoints.updatePipeline, (ctx, { params, body }, http) => updatePipeline(ctx, params.pipelineId, http.expectedVersion, body)),
  pipeline.handle(pipelineEndpoints.archivePipeline, (ctx, { params, body }, http) => archivePipeline(ctx, params.pipelineId, http.expectedVersion, body)),
]
