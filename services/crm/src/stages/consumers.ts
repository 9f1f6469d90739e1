import { pipelineArchived, pipelineCreated, pipelineUpdated } from '@ai-crm/contracts'
import { crm } from '../ctx.ts'
import { keepStages, renamePipeline, retireStages } from './keep-stages.ts'

/** One for all: what is told of a pipeline waits in one line behind what was told before. */
const name = 'crm.keep-stages'

/** Keep what the pipelines say of their stages. */
export const stageConsumers = [
  crm.consume({
    name,
    event: pipelineCreated,
    handle: (scope, { data, aggregate }) =>
      keepStages(scope, data.pipelineId, data.stages, { name: data.name, position: data.position, version: aggregate.version }),
  }),
  crm.consume({
    name,
    event: pipelineUpdated,
    async handle(scope, { data: { pipelineId, changes, retired }, aggregate }) {
      const pipeline = await renamePipeline(scope.db, pipelineId, { name: changes.name?.to, position: changes.position?.to })
      if (changes.stages) await keepStages(scope, pipelineId, changes.stages.to, { ...pipeline, version: aggregate.version })
      await retireStages(scope, retired)
    },
  }),
  crm.consume({ name, event: pipelineArchived, handle: (scope, { data }) => retireStages(scope, data.retired) }),
]
