import { organizationCreated } from '@ai-crm/contracts'
import { pipeline } from '../ctx.ts'
import { lockPipelines } from './lock-pipelines.ts'

/** Organisations from before there were pipelines get theirs when somebody asks (list-pipelines.ts). */
export const pipelineConsumers = [
  pipeline.consume({
    name: 'pipeline.begin-first-pipeline',
    event: organizationCreated,
    async handle(scope) {
      await lockPipelines(scope)
    },
  }),
]
