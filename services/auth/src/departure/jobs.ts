import { auth } from '../ctx.ts'
import { eraseWhenDueJob } from './deletion-job.ts'
import { eraseWhenDue } from './erase-when-due.ts'

export const departureJobs = [auth.job({ ...eraseWhenDueJob, handle: eraseWhenDue })]
