import { FIRST_PIPELINE_NAME, FIRST_STAGES, type Pipeline, type Stage } from '@ai-crm/contracts'
import type { TFunction } from 'i18next'

/** A stage and the pipeline that it belongs to; null while that is not known. */
export interface PlacedStage extends Stage {
  readonly pipeline: Pipeline | null
}

/** In the order of the pipelines; before they are known, those that everybody begins with. */
export const stagesIn = (pipelines: readonly Pipeline[]): readonly PlacedStage[] =>
  pipelines.length > 0
    ? pipelines.flatMap((pipeline) => pipeline.stages.map((stage) => ({ ...stage, pipeline })))
    : FIRST_STAGES.map((stage) => ({ ...stage, pipeline: null }))

/** In the reader's language where nobody named it otherwise. */
export function stageName(t: TFunction, { id, name }: Pick<Stage, 'id' | 'name'>): string {
  const isFirst = FIRST_STAGES.some((first) => first.id === id && first.name === name)
  return isFirst ? t(`deals.stages.${id}`, name) : name
}

export const pipelineName = (t: TFunction, { name }: Pick<Pipeline, 'name'>): string => (name === FIRST_PIPELINE_NAME ? t('pipelines.first') : name)

/** What a stage is called where only its id is told: in a list, a filter, a story. Its pipeline stands before it where there are several. */
export function stageLabel(t: TFunction, pipelines: readonly Pipeline[], stageId: string): string {
  const stage = stagesIn(pipelines).find(({ id }) => id === stageId)
  if (!stage) return t(`deals.stages.${stageId}`, t('pipelines.formerStage'))
  const name = stageName(t, stage)
  return pipelines.length > 1 && stage.pipeline ? t('pipelines.stageOf', { pipeline: pipelineName(t, stage.pipeline), stage: name }) : name
}

/** A stage that its pipeline does not have any more: its deals are on their way elsewhere, and none enters. */
export const removedStage = (id: string, name: string): PlacedStage => ({
  id,
  name,
  kind: 'open',
  probability: 0,
  color: 'gray',
  rottingDays: null,
  rules: { requiredFields: [], enteredFrom: [], movers: null, wipLimit: null, tasks: [] },
  pipeline: null,
})

/** Where a deal may begin. */
export const beginningsIn = (stages: readonly PlacedStage[]): PlacedStage[] =>
  stages.filter(({ kind, rules: { enteredFrom } }) => kind === 'open' && enteredFrom === null)
