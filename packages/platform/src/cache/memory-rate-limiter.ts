import { LRUCache } from 'lru-cache'
import type { RateLimiter } from '../adapters.ts'
import { increment, weigh } from './gcra.ts'

const MAX_BUCKETS = 100_000

/** Limits of one process. Time is monotonic: setting the clock neither opens nor closes a bucket (contract 38). */
export function createMemoryRateLimiter(): RateLimiter {
  /** Key → the moment (µs) at which the bucket is empty again. */
  // Each weighs one. With `max` the places of all were made before the first: 8 ms of every start.
  const emptyAt = new LRUCache<string, number>({ maxSize: MAX_BUCKETS, sizeCalculation: () => 1 })
  return {
    async charge(buckets) {
      const now = Math.floor(performance.now() * 1000)
      const backlogs = buckets.map(({ key, periodSeconds }) => Math.min(Math.max((emptyAt.get(key) ?? 0) - now, 0), periodSeconds * 1e6))
      const verdict = weigh(buckets, backlogs)
      if (!verdict.isAllowed) return verdict
      for (const [index, bucket] of buckets.entries()) emptyAt.set(bucket.key, now + (backlogs[index] ?? 0) + increment(bucket))
      return verdict
    },
  }
}
