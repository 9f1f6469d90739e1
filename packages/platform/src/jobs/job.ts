import type { z } from 'zod'

/** Work for later that survives a crash: at least once, with backoff. Handlers must be idempotent. */
export interface Job<Payload = unknown> {
  readonly name: string
  readonly payload: z.ZodType<Payload>
}

export interface EnqueueOptions {
  /** Not before this moment; now, unless told. */
  runAt?: Date
  /** At most one waiting job per (organisation, job, key): a newer one replaces payload and time. */
  key?: string
  /** One of the same key that waits already stays as it is, time and payload; this one is not needed then. */
  keepsWaiting?: boolean
  /** Attempts before the job is given up, visibly; 10 unless told, at most 100 or `endless`. Backoff is exponential with jitter, to ten minutes. */
  maxAttempts?: number | 'endless'
}
