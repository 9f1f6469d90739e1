import { takeBack, takeBackAll } from '../changes/take-back.ts'
import { crm } from '../ctx.ts'
import { endForKey, endOperationsOfKey } from './end-operations.ts'
import { giveUp, run, runOperation } from './run-operation.ts'

export const operationJobs = [
  crm.job({ ...runOperation, timeoutMs: 120_000, concurrency: 2, handle: run, giveUp }),
  crm.job({ ...endOperationsOfKey, timeoutMs: 30_000, handle: endForKey }),
  crm.job({ ...takeBack, timeoutMs: 120_000, handle: takeBackAll }),
]
