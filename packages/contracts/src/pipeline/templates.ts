import { z } from 'zod'
import { Locale } from '../auth/events.ts'
import { defineEndpoints } from '../core/endpoint.ts'
import { CreatePipeline } from './http.ts'

/** A pipeline to begin with; `pipeline` is what creates it, to be changed before or after. */
export const PipelineTemplate = z.object({
  id: z.string(),
  /** What it is for, in a sentence. */
  summary: z.string(),
  pipeline: CreatePipeline,
})
export type PipelineTemplate = z.infer<typeof PipelineTemplate>

export const pipelineTemplateEndpoints = defineEndpoints('pipeline', {
  listPipelineTemplates: {
    method: 'GET',
    path: '/pipeline-templates',
    summary: 'Pipelines to begin with, in a language',
    access: 'pipeline.pipeline.read',
    idempotency: 'safe',
    query: z.object({ locale: Locale.default('en') }),
    response: z.object({ items: z.array(PipelineTemplate).max(50) }),
    status: 200,
  },
})
