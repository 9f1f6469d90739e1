import { crm } from '../ctx.ts'
import { matchNoted, matchRecords } from './match-later.ts'
import { scan, scanRecords } from './scan-records.ts'

export const duplicateJobs = [
  crm.job({ ...matchRecords, timeoutMs: 120_000, concurrency: 1, handle: matchNoted }),
  crm.job({ ...scanRecords, timeoutMs: 120_000, concurrency: 1, handle: scan }),
]
