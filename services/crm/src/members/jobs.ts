import { crm } from '../ctx.ts'
import { handOver, handOverCompanies, handOverContacts, handOverDeals } from './hand-over.ts'

export const memberJobs = [
  crm.job({ ...handOverContacts, timeoutMs: 120_000, handle: handOver('contact') }),
  crm.job({ ...handOverCompanies, timeoutMs: 120_000, handle: handOver('company') }),
  crm.job({ ...handOverDeals, timeoutMs: 120_000, handle: handOver('deal') }),
]
