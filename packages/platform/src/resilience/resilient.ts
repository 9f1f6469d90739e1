import { ExponentialBackoff, handleWhen, retry } from 'cockatiel'
import { defineError } from '../errors.ts'
import { dependencyDuration } from '../telemetry/metrics.ts'
import { withSpan } from '../telemetry/tracing.ts'
import type { Breaker } from './breaker.ts'
import { circuitOf } from './circuits.ts'
import { isInfrastructureFailure } from './infrastructure-failure.ts'

/** For the library that opens the connection: no connection within this time is a failure. */
export const CONNECT_TIMEOUT_MS = 1_000
const TOTAL_TIMEOUT_MS = 5_000
const MAX_ATTEMPTS = 3

/** The breaker is open: nothing was sent. Say what happens instead (wait in a queue, an older answer, 503). */
export const dependencyUnavailable = defineError(
  'platform.dependency_unavailable',
  503,
  (name: string, _retryAfterSeconds: number) => `${name} does not work at the moment. Try again later.`,
  (_name, retryAfterSeconds) => ({ retryAfterSeconds }),
)
/** No answer within the total time. Whether the call had its effect is not known. */
export const dependencyTimeout = defineError(
  'platform.dependency_timeout',
  504,
  (name: string, timeoutMs: number) => `${name} did not answer within ${timeoutMs} ms.`,
)

export interface ResilienceOptions {
  /** Of the dependency (`smtp`, `llm`): a label of metrics. */
  readonly name: string
  /** Whose account it is: one tenant's broken account must not open the breaker for all. */
  readonly credential?: string
  /** Of all attempts together; 5 s unless told. */
  readonly totalTimeoutMs?: number
  /** Up to 3, for idempotent work only; 1 unless told. Retry at one layer: never also around this call. */
  readonly attempts?: number
  /** Which errors are the dependency's fault; connect errors, timeouts and 5xx unless told. */
  readonly isFailure?: (error: unknown) => boolean
  /** The breaker opens too after so many failures in a row, and then rests so long; see `BreakerOptions`. */
  readonly failuresInARow?: number
  readonly restMs?: number
}

/** `work` must stop at its signal; a call that does not is left behind, and its result is dropped. */
export type ResilientCall = <Result>(work: (signal: AbortSignal) => Promise<Result>, callerSignal?: AbortSignal) => Promise<Result>

/**
 * Wraps calls to one dependency in a total timeout, a breaker per (dependency, credential), bounded retries with
 * jitter, metrics and a client span (contract 16). Cheap to make for each call: the state is found by its key.
 */
export function resilient(options: ResilienceOptions): ResilientCall {
  const isFailure = options.isFailure ?? isInfrastructureFailure
  const { breaker, budget } = circuitOf(options.name, options.credential, options)
  const attempts = Math.min(options.attempts ?? 1, MAX_ATTEMPTS)
  const policy = retry(
    handleWhen((error) => isFailure(error) && !isRefusal(error) && budget.spend()),
    { maxAttempts: attempts - 1, backoff: new ExponentialBackoff({ initialDelay: 100, maxDelay: 30_000 }) },
  )
  return (work, callerSignal) =>
    withSpan(
      `call ${options.name}`,
      { 'peer.service': options.name },
      async () => {
        budget.earn()
        const limitMs = options.totalTimeoutMs ?? TOTAL_TIMEOUT_MS
        const timeout = AbortSignal.timeout(limitMs)
        const signal = callerSignal ? AbortSignal.any([callerSignal, timeout]) : timeout
        const attempt = () => observe(options.name, breaker, signal, isFailure, () => untilAborted(signal, timeout, options.name, limitMs, work))
        return attempts > 1 ? policy.execute(attempt, signal) : attempt()
      },
      'client',
    )
}

const isRefusal = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'platform.dependency_unavailable'

async function observe<Result>(
  name: string,
  breaker: Breaker,
  signal: AbortSignal,
  isFailure: (error: unknown) => boolean,
  work: () => Promise<Result>,
): Promise<Result> {
  signal.throwIfAborted()
  const admission = breaker.admit()
  const stop = dependencyDuration.startTimer({ dependency: name })
  if (!admission) {
    stop({ outcome: 'rejected' })
    throw dependencyUnavailable(name, Math.ceil(breaker.retryAfterMs() / 1000))
  }
  try {
    const result = await work()
    admission.succeeded()
    stop({ outcome: 'done' })
    return result
  } catch (error) {
    if (isFailure(error)) admission.failed()
    else if (signal.aborted) admission.abandoned()
    else admission.succeeded()
    stop({ outcome: isFailure(error) ? 'failed' : signal.aborted ? 'abandoned' : 'refused' })
    throw error
  }
}

/** A library may ignore its signal: the caller is let go at the deadline all the same. */
async function untilAborted<Result>(
  signal: AbortSignal,
  timeout: AbortSignal,
  name: string,
  limitMs: number,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const aborted = Promise.withResolvers<never>()
  const abort = () => aborted.reject(timeout.aborted ? dependencyTimeout(name, limitMs) : signal.reason)
  signal.addEventListener('abort', abort, { once: true })
  try {
    return await Promise.race([work(signal), aborted.promise])
  } catch (error) {
    throw timeout.aborted ? dependencyTimeout(name, limitMs) : error
  } finally {
    signal.removeEventListener('abort', abort)
  }
}
