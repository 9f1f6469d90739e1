import type { CreatePipeline, Pipeline, UpdatePipeline } from '@ai-crm/contracts'
import { useQueryClient } from '@tanstack/react-query'
import { api } from '../../../lib/api/api.ts'
import { useCommand } from '../../../lib/api/use-command.ts'
import { pipelinesQuery } from '../../../lib/pipelines/pipelines-query.ts'

type Given<Body> = Partial<Body> & Pick<Body, Extract<keyof Body, 'name' | 'stages'>>

/** Makes pipelines, changes them as of the version that was on screen, and archives them. */
export function usePipelineCommands() {
  const cache = useQueryClient()
  const anew = () => void cache.invalidateQueries({ queryKey: ['pipeline'] })
  const create = useCommand({
    run: (body: Given<CreatePipeline>, idempotencyKey) => api.pipeline.createPipeline({ body, idempotencyKey }),
    onSuccess: (made) => {
      // Its page is opened before the list has been fetched anew.
      cache.setQueryData(pipelinesQuery.queryKey, (known) => known && { ...known, items: [...known.items.filter(({ id }) => id !== made.id), made] })
      anew()
    },
  })
  const update = useCommand({
    run: ({ pipeline, body }: { pipeline: Pipeline; body: Partial<UpdatePipeline> }, idempotencyKey) =>
      api.pipeline.updatePipeline({ params: { pipelineId: pipeline.id }, body, ifMatch: pipeline.version, idempotencyKey }),
    onSuccess: () => {
      anew()
      void cache.invalidateQueries({ queryKey: ['crm', 'board'] })
    },
    onError: anew,
  })
  const archive = useCommand({
    run: ({ pipeline, moves }: { pipeline: Pipeline; moves: UpdatePipeline['moves'] }, idempotencyKey) =>
      api.pipeline.archivePipeline({ params: { pipelineId: pipeline.id }, body: { moves }, ifMatch: pipeline.version, idempotencyKey }),
    onSuccess: anew,
    onError: anew,
  })
  return { create, update, archive }
}
