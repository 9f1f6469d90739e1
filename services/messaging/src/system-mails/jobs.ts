import { messaging } from '../ctx.ts'
import { attemptSystemMail } from './attempt-system-mail.ts'
import { deliverSystemMail } from './delivery-job.ts'

/** Above the longest SEND_TIMEOUT_MS and the storing of its result. */
const ATTEMPT_TIMEOUT_MS = 340_000

export const systemMailJobs = [messaging.job({ ...deliverSystemMail, handle: attemptSystemMail, timeoutMs: ATTEMPT_TIMEOUT_MS, concurrency: 4 })]
