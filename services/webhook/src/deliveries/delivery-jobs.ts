import type { Job } from '@ai-crm/platform'
import { z } from 'zod'
import type { Write } from '../ctx.ts'

const payload = z.object({ webhookId: z.uuid() })

/**
 * A turn of one webhook: one job per webhook, not per delivery, so that webhooks take turns, however much each has to
 * send. Those in trouble have a lane of their own: receivers that do not answer hold no slot of those that do.
 */
export const sendDueJob: Job<{ webhookId: string }> = { name: 'webhook.send-due', payload }
export const sendDueInTroubleJob: Job<{ webhookId: string }> = { name: 'webhook.send-due-in-trouble', payload }

export const redeliverFailedJob: Job<{ webhookId: string; since: string; before: string }> = {
  name: 'webhook.redeliver-failed',
  payload: z.object({ webhookId: z.uuid(), since: z.iso.datetime(), before: z.iso.datetime() }),
}
export const purgeLogJob: Job<Record<string, never>> = { name: 'webhook.purge-log', payload: z.object({}) }

const DAY_MS = 24 * 3_600_000
/** The job is the only thing that remembers that there is work: it is not given up for a database that is away for an hour. */
const MAX_ATTEMPTS = 100

/** Lets the webhook have a turn: now, or when its next delivery is due. */
export const planSending = (
  { enqueue }: Pick<Write, 'enqueue'>,
  { id, failingSince }: { id: string; failingSince: Date | null },
  runAt = new Date(),
): Promise<void> => enqueue(failingSince ? sendDueInTroubleJob : sendDueJob, { webhookId: id }, { key: id, runAt, maxAttempts: MAX_ATTEMPTS })

export const planPurge = ({ enqueue }: Pick<Write, 'enqueue'>, runAt = new Date(Date.now() + DAY_MS)): Promise<void> =>
  enqueue(purgeLogJob, {}, { key: 'purge', runAt, maxAttempts: MAX_ATTEMPTS })
