import { crm } from '../ctx.ts'
import { leaveDeals, leaveDealsOfContact } from './leave-deals.ts'

export const dealJobs = [crm.job({ ...leaveDealsOfContact, timeoutMs: 120_000, handle: leaveDeals })]
