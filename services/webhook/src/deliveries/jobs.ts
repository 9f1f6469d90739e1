import { webhook } from '../ctx.ts'
import { purgeLogJob, redeliverFailedJob, sendDueInTroubleJob, sendDueJob } from './delivery-jobs.ts'
import { purgeLog } from './purge-log.ts'
import { redeliverBatch } from './redeliver.ts'
import { sendDue } from './send-due.ts'

/** Above a turn, its last calls and what they store. */
const TURN_TIMEOUT_MS = 40_000

export const deliveryJobs = [
  webhook.job({ ...sendDueJob, handle: sendDue, flag: 'webhooks', timeoutMs: TURN_TIMEOUT_MS, concurrency: 12 }),
  webhook.job({ ...sendDueInTroubleJob, handle: sendDue, flag: 'webhooks', timeoutMs: TURN_TIMEOUT_MS, concurrency: 4 }),
  webhook.job({ ...redeliverFailedJob, handle: redeliverBatch }),
  webhook.job({ ...purgeLogJob, handle: purgeLog }),
]
