import { takeBack, takeBackAll } from '../changes/take-back.ts'
import { crm } from '../ctx.ts'
import { giveUp, run, runOperation } from './run-operation.ts'

export const operationJobs = [
  crm.job({ ...runOperation, timeoutMs: 120_000, concurrency: 2, handle: run, giveUp }),
  crm.job({ ...takeBack, timeoutMs: 120_000, handle: takeBackAll }),
]
