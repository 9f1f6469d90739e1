import { crm } from '../ctx.ts'
import { analyse, analyseImportJob } from './analyse-import.ts'
import { check, checkImportJob } from './check-import.ts'
import { settle, UNREADABLE } from './import-steps.ts'
import { breakOff, runImport, runImportJob } from './run-import.ts'

const HOUR_MS = 3_600_000
const refused = { state: 'refused', problem: JSON.stringify(UNREADABLE) }

/** Each reads in a thread, and there are two in a process: one more of a kind waits for its turn where the others see it. */
const AT_ONCE = 3

export const importJobs = [
  crm.job({
    ...analyseImportJob,
    timeoutMs: HOUR_MS,
    concurrency: AT_ONCE,
    handle: analyse,
    giveUp: (ctx, { importId }) => settle(ctx, importId, 'analysing', refused),
  }),
  crm.job({
    ...checkImportJob,
    timeoutMs: HOUR_MS,
    concurrency: AT_ONCE,
    handle: check,
    giveUp: (ctx, { importId }) => settle(ctx, importId, 'checking', refused),
  }),
  crm.job({ ...runImportJob, timeoutMs: HOUR_MS, concurrency: AT_ONCE, handle: runImport, giveUp: (ctx, { importId }) => breakOff(ctx, importId, UNREADABLE) }),
]
