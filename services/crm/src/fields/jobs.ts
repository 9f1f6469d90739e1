import { crm } from '../ctx.ts'
import { compute, computeFormulas } from '../formulas/compute-formulas.ts'
import { refile, refileField } from './refile-field.ts'

export const fieldJobs = [crm.job({ ...refileField, timeoutMs: 120_000, handle: refile }), crm.job({ ...computeFormulas, timeoutMs: 120_000, handle: compute })]
