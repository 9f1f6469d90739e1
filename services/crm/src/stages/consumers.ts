import { pipelineArchived, pipelineCreated, pipelineUpdated } from '@ai-crm/contracts'
import { crm } from '../ctx.ts'
import { keepStages, renamePipeline, retireStages } from './keep-stages.ts'

/** Keep what the pipelines say of their stages. */
export const stageConsumers = [
  crm.consume({
    name: 'crm.keep-stages-of-new-pipeline',
    event: pipelineCreated,
    handle: ({ db }, { data, aggregate }) =>
      keepStages(db, data.pipelineId, data.stages, { name: data.name, position: data.position, version: aggregate.version }),
  }),
  crm.consume({
    name: 'crm.keep-stages',
    event: pipelineUpdated,
    async handle(scope, { data: { pipelineId, changes, retired }, aggregate }) {
      const pipeline = await renamePipeline(scope.db, pipelineId, { name: changes.name?.to, position: changes.position?.to })
      if (changes.stages && pipeline) await keepStages(scope.db, pipelineId, changes.stages.to, { ...pipeline, version: aggregate.version })
      await retireStages(scope, retired)
    },
  }),
  crm.consume({ name: 'crm.retire-stages-of-archived', event: pipelineArchived, handle: (scope, { data }) => retireStages(scope, data.retired) }),
]
