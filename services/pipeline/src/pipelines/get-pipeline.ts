import type { Pipeline } from '@ai-crm/contracts'
import { notFound } from '@ai-crm/platform'
import type { Ctx } from '../ctx.ts'
import { listPipelines } from './list-pipelines.ts'

export async function getPipeline(ctx: Ctx, pipelineId: string): Promise<Pipeline> {
  const found = (await listPipelines(ctx)).find(({ id }) => id === pipelineId)
  if (!found) throw notFound('pipeline')
  return found
}
