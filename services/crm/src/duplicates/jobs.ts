import { crm } from '../ctx.ts'
import { matchOne, matchRecord } from './match-later.ts'
import { scan, scanRecords } from './scan-records.ts'

export const duplicateJobs = [
  crm.job({ ...matchRecord, timeoutMs: 30_000, concurrency: 1, handle: matchOne }),
  crm.job({ ...scanRecords, timeoutMs: 120_000, concurrency: 1, handle: scan }),
]
