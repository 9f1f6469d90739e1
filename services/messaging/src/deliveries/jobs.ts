import { messaging } from '../ctx.ts'
import { attemptDelivery } from './attempt-delivery.ts'
import { deliverMessage, recoverDeliveryJob } from './delivery-jobs.ts'
import { recoverDelivery } from './recover-delivery.ts'

/** Above the longest SEND_TIMEOUT_MS and the storing of its result. */
const ATTEMPT_TIMEOUT_MS = 340_000

export const deliveryJobs = [
  messaging.job({ ...deliverMessage, handle: attemptDelivery, flag: 'outbound-sends', timeoutMs: ATTEMPT_TIMEOUT_MS, concurrency: 8 }),
  messaging.job({ ...recoverDeliveryJob, handle: recoverDelivery }),
]
