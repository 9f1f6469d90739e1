import type { Logger } from 'pino'
import type { Adapters } from '../adapters.ts'
import { createMemoryFanout } from '../live/memory-fanout.ts'
import { createRedisFanout } from '../live/redis-fanout.ts'
import { createMemoryCache } from './memory-cache.ts'
import { createMemoryRateLimiter } from './memory-rate-limiter.ts'
import { openRedis } from './open-redis.ts'
import { createRedisCache } from './redis-cache.ts'
import { createRedisRateLimiter } from './redis-rate-limiter.ts'

/** The carriers of what may be lost: everything of Adapters but the bus. */
export interface VolatileAdapters extends Omit<Adapters, 'bus'> {
  /** Closes all three. */
  close(): Promise<void>
}

/** Cache, limits and fanout of one process on its own. */
export function createMemoryAdapters(log: Logger): VolatileAdapters {
  const [cache, fanout] = [createMemoryCache(), createMemoryFanout(log)]
  return {
    cache,
    rateLimiter: createMemoryRateLimiter(),
    fanout,
    async close() {
      await Promise.all([cache.close(), fanout.close()])
    },
  }
}

const DEFAULT_REPLICAS = 4

/**
 * Cache, limits and fanout that all processes share. Resolves also while Redis is away, which only degrades: then each
 * process allows a `replicas`th of every rate limit.
 */
export async function connectRedisAdapters(url: string, log: Logger, replicas = DEFAULT_REPLICAS): Promise<VolatileAdapters> {
  const [commands, subscriber] = await Promise.all([openRedis(url, log), openRedis(url, log)])
  const [cache, fanout] = [createRedisCache(commands), createRedisFanout(commands, subscriber, log)]
  return {
    cache,
    rateLimiter: createRedisRateLimiter(commands, log, replicas),
    fanout,
    async close() {
      await fanout.close()
      await cache.close()
    },
  }
}
