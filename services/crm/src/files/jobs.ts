import { crm } from '../ctx.ts'
import { scan, scanFileJob } from './scan-file.ts'

export const fileJobs = [crm.job({ ...scanFileJob, handle: scan, timeoutMs: 300_000, concurrency: 2 })]
