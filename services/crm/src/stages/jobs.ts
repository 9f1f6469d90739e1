import { crm } from '../ctx.ts'
import { emptyStage, retireStage } from './retire-stage.ts'

export const stageJobs = [crm.job({ ...retireStage, timeoutMs: 120_000, handle: emptyStage })]
