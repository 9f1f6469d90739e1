import { crm } from '../ctx.ts'
import { analyse, analyseImportJob } from './analyse-import.ts'
import { check, checkImportJob } from './check-import.ts'
import { settle, UNREADABLE } from './import-steps.ts'
import { breakOff, runImport, runImportJob } from './run-import.ts'

const HOUR_MS = 3_600_000
const refused = { state: 'refused', problem: JSON.stringify(UNREADABLE) }

/** Each reads in a thread, and there are two in a process. */
export const importJobs = [
  crm.job({
    ...analyseImportJob,
    timeoutMs: HOUR_MS,
    concurrency: 2,
    handle: analyse,
    giveUp: (ctx, { importId }) => settle(ctx, importId, 'analysing', refused),
  }),
  crm.job({
    ...checkImportJob,
    timeoutMs: HOUR_MS,
    concurrency: 2,
    handle: check,
    giveUp: (ctx, { importId }) => settle(ctx, importId, 'checking', refused),
  }),
  crm.job({ ...runImportJob, timeoutMs: HOUR_MS, concurrency: 2, handle: runImport, giveUp: (ctx, { importId }) => breakOff(ctx, importId, UNREADABLE) }),
]
