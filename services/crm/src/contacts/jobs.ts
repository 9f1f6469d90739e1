import { crm } from '../ctx.ts'
import { handOver, handOverContacts } from './hand-over.ts'

export const contactJobs = [crm.job({ ...handOverContacts, timeoutMs: 120_000, handle: handOver })]
