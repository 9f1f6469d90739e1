import type { Db } from '../ctx.ts'
import type { KnownStage } from '../import-reading/stage-names.ts'
import { readStages } from '../stages/stage.ts'

/** Stages that a file may name, in the order of their pipelines. */
export async function knownStages(db: Db): Promise<KnownStage[]> {
  const stages = await readStages(db)
  return [...stages.values()].filter(({ retiredInto }) => retiredInto === null).map(({ id, name, kind, pipelineName }) => ({ id, name, kind, pipelineName }))
}
