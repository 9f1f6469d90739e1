import { crm } from '../ctx.ts'
import { follow, followMerge } from './follow-merge.ts'

export const mergeJobs = [crm.job({ ...followMerge, timeoutMs: 120_000, handle: follow })]
