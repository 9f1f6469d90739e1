import { crm } from '../ctx.ts'
import { follow, followCompany } from './follow-company.ts'

export const companyJobs = [crm.job({ ...followCompany, timeoutMs: 120_000, handle: follow })]
