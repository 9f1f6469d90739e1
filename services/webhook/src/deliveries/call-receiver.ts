import type { WebhookFailure } from '@ai-crm/contracts'
import { createEgress, EgressError, isInfrastructureFailure, resilient, AppError, type EgressAnswer } from '@ai-crm/platform'
import type { Ctx } from '../ctx.ts'
import { openSecret } from '../subscriptions/secret.ts'
import type { SubscriptionRow } from '../subscriptions/subscription.ts'
import { CALL_TIMEOUT_MS, readRetryAfter } from './delivery.ts'
import { messageIdOf } from './delivery-row.ts'
import { signatureHeaders } from './sign.ts'

const EXCERPT_CHARACTERS = 1_024
const EXCERPT_BYTES = 4_096
/** Failures that say that the receiver does not work; the others are about this address. */
const DOWN: ReadonlySet<string> = new Set(['connect', 'name', 'tls', 'timeout', 'protocol'])

export type Outcome =
  | { readonly kind: 'delivered'; readonly status: number; readonly excerpt: string }
  | { readonly kind: 'failed'; readonly failure: WebhookFailure; readonly status: number | null; readonly excerpt: string; readonly retryAfterMs: number }
  /** The breaker is open: nothing was sent, and it is no attempt. */
  | { readonly kind: 'postponed'; readonly retryAfterMs: number }

/** One signed call. Follows no redirect; every address that the name has is looked at before anything is connected. */
export async function callReceiver(ctx: Ctx, subscription: SubscriptionRow, delivery: { id: string; payload: string }): Promise<Outcome> {
  const egress = createEgress({ allowedHosts: ctx.config.EGRESS_ALLOWED_HOSTS })
  // A little above the egress client's own limit, so that its word is heard.
  const call = resilient({ name: 'webhook', credential: subscription.id, totalTimeoutMs: CALL_TIMEOUT_MS + 1_000, isFailure })
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'ai-crm-webhook/1',
    ...signatureHeaders(messageIdOf(delivery.id), delivery.payload, validSecrets(ctx, subscription), new Date()),
  }
  try {
    const answer = await call(async (signal) => {
      const got = await egress.fetch({
        method: 'POST',
        url: subscription.url,
        headers,
        body: delivery.payload,
        totalTimeoutMs: CALL_TIMEOUT_MS,
        maxBytes: EXCERPT_BYTES,
        longAnswer: 'cut',
        signal,
      })
      if (got.status >= 200 && got.status < 300) return got
      throw new Refused(got)
    }, ctx.signal)
    return { kind: 'delivered', status: answer.status, excerpt: excerptOf(answer.body) }
  } catch (error) {
    return failed(error)
  }
}

/** The receiver answered, but not with 2xx. `status` is what the breaker looks at. */
class Refused extends Error {
  readonly answer: EgressAnswer
  readonly status: number
  constructor(answer: EgressAnswer) {
    super(`The receiver answered ${answer.status}.`)
    this.answer = answer
    this.status = answer.status
  }
}

const isFailure = (error: unknown): boolean => (error instanceof EgressError ? DOWN.has(error.failure) : isInfrastructureFailure(error))

function failed(error: unknown): Outcome {
  const nothing = { status: null, excerpt: '', retryAfterMs: 0 }
  if (error instanceof Refused) {
    const { status, headers, body } = error.answer
    const retryAfterMs = status === 429 || status === 503 ? readRetryAfter(headers['retry-after'], new Date()) : 0
    return { kind: 'failed', failure: status === 410 ? 'gone' : 'status', status, excerpt: excerptOf(body), retryAfterMs }
  }
  if (error instanceof EgressError) return { kind: 'failed', failure: error.failure, ...nothing }
  if (error instanceof AppError && error.code === 'platform.dependency_unavailable')
    return { kind: 'postponed', retryAfterMs: (error.retryAfterSeconds ?? 1) * 1_000 }
  if (error instanceof AppError && error.code === 'platform.dependency_timeout') return { kind: 'failed', failure: 'timeout', ...nothing }
  return { kind: 'failed', failure: 'interrupted', ...nothing }
}

function validSecrets(ctx: Ctx, { id, sealedSecret, previousSecret, previousSecretUntil }: SubscriptionRow): string[] {
  const isPreviousValid = previousSecret !== null && previousSecretUntil !== null && previousSecretUntil > new Date()
  return [sealedSecret, ...(isPreviousValid ? [previousSecret] : [])].map((sealed) => openSecret(ctx, id, sealed))
}

/** Text of a stranger: without control characters, which PostgreSQL or a terminal would stumble over. */
const excerptOf = (body: Buffer): string =>
  body
    .toString('utf8')
    // oxlint-disable-next-line no-control-regex
    .replaceAll(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/g, '')
    .slice(0, EXCERPT_CHARACTERS)
    .toWellFormed()
