import type { RateBucket, RateVerdict } from '../adapters.ts'

/**
 * Generic cell rate algorithm. A bucket is one number, its backlog: the microseconds until it is empty again.
 * A unit adds `period / limit`; a charge is allowed while the backlog stays within one period.
 */
export const increment = (bucket: RateBucket): number => Math.floor((bucket.cost * bucket.periodSeconds * 1e6) / bucket.limit)

/** The answer for buckets whose backlogs, before this charge, are `backlogsMicros`. */
export function weigh(buckets: readonly RateBucket[], backlogsMicros: readonly number[]): RateVerdict {
  const verdicts = buckets.map((bucket, index) => weighOne(bucket, backlogsMicros[index] ?? 0))
  const [tightest] = verdicts.toSorted((a, b) => b.retryAfterSeconds - a.retryAfterSeconds || a.remaining - b.remaining)
  if (!tightest) return { isAllowed: true, limit: 0, remaining: 0, resetSeconds: 0, retryAfterSeconds: 0 }
  return { ...tightest, isAllowed: verdicts.every((verdict) => verdict.isAllowed) }
}

function weighOne(bucket: RateBucket, backlogMicros: number): RateVerdict {
  const periodMicros = bucket.periodSeconds * 1e6
  const after = backlogMicros + increment(bucket)
  const isAllowed = after <= periodMicros
  const backlog = isAllowed ? after : backlogMicros
  return {
    isAllowed,
    ...(bucket.kind === undefined ? {} : { kind: bucket.kind }),
    limit: bucket.limit,
    remaining: Math.max(0, Math.floor(((periodMicros - backlog) * bucket.limit) / periodMicros)),
    resetSeconds: Math.ceil(backlog / 1e6),
    retryAfterSeconds: isAllowed ? 0 : Math.ceil((after - periodMicros) / 1e6),
  }
}
