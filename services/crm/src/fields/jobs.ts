import { crm } from '../ctx.ts'
import { refile, refileField } from './refile-field.ts'

export const fieldJobs = [crm.job({ ...refileField, timeoutMs: 120_000, handle: refile })]
