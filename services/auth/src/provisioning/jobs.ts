import { auth } from '../ctx.ts'
import { forgetAccount, forgetAccountJob } from './forget-account.ts'

export const provisioningJobs = [auth.job({ ...forgetAccountJob, handle: forgetAccount })]
