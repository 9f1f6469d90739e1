import { crm } from '../ctx.ts'
import { leave, leaveTag } from './leave-tag.ts'

export const tagJobs = [crm.job({ ...leaveTag, timeoutMs: 120_000, handle: leave })]
