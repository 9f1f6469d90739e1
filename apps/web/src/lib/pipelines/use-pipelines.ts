import type { Pipeline, Stage } from '@ai-crm/contracts'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useCan } from '../session/session-store.ts'
import { pipelinesQuery } from './pipelines-query.ts'
import { stageName, stagesIn } from './stages.ts'

const NONE: readonly Pipeline[] = []

/** None while they are not known, and for whoever may not see them. */
export function usePipelines(): readonly Pipeline[] {
  const canSee = useCan('pipeline.pipeline.read')
  return useQuery({ ...pipelinesQuery, enabled: canSee }).data?.items ?? NONE
}

/** What a stage is called, without its pipeline. */
export function useStageName(): (stage: string | Pick<Stage, 'id' | 'name'>) => string {
  const { t } = useTranslation()
  const stages = stagesIn(usePipelines())
  return (stage) => {
    if (typeof stage !== 'string') return stageName(t, stage)
    const known = stages.find(({ id }) => id === stage)
    return known ? stageName(t, known) : t(`deals.stages.${stage}`, t('pipelines.formerStage'))
  }
}
