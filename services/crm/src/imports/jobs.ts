import { crm } from '../ctx.ts'
import { analyse, analyseImportJob } from './analyse-import.ts'
import { check, checkImportJob } from './check-import.ts'
import { runImport, runImportJob } from './run-import.ts'

const HOUR_MS = 3_600_000

/** Each reads in a thread of its own: two at once in a process. */
export const importJobs = [
  crm.job({ ...analyseImportJob, timeoutMs: HOUR_MS, concurrency: 2, handle: analyse }),
  crm.job({ ...checkImportJob, timeoutMs: HOUR_MS, concurrency: 2, handle: check }),
  crm.job({ ...runImportJob, timeoutMs: 6 * HOUR_MS, concurrency: 2, handle: runImport }),
]
