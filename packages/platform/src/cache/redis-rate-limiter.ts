import { createHash } from 'node:crypto'
import type { Logger } from 'pino'
import { z } from 'zod'
import type { RateBucket, RateLimiter } from '../adapters.ts'
import { localRateVerdicts } from '../telemetry/metrics.ts'
import { increment, weigh } from './gcra.ts'
import { createMemoryRateLimiter } from './memory-rate-limiter.ts'
import type { RedisConnection } from './open-redis.ts'

/**
 * All buckets or none, by the clock of Redis, in one call: exact over any number of replicas.
 * ARGV holds, per key, the period and the increment in µs; the answer is the backlogs before this charge.
 */
const CHARGE = `
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local backlogs, isAllowed = {}, true
for i, key in ipairs(KEYS) do
  local period, increment = tonumber(ARGV[2 * i - 1]), tonumber(ARGV[2 * i])
  local backlog = math.min(math.max((tonumber(redis.call('GET', key)) or 0) - now, 0), period)
  backlogs[i] = backlog
  if backlog + increment > period then isAllowed = false end
end
if isAllowed then
  for i, key in ipairs(KEYS) do
    local backlog = backlogs[i] + tonumber(ARGV[2 * i])
    if backlog > 0 then
      redis.call('SET', key, string.format('%.0f', now + backlog), 'PX', math.ceil(backlog / 1000))
    end
  end
end
return backlogs
`
const CHARGE_SHA = createHash('sha1').update(CHARGE).digest('hex')
const Backlogs = z.array(z.number())

/**
 * Limits that all replicas share. While Redis is away this process goes on alone with its share of every
 * limit (`1 / replicas`): stricter than before for one caller, never unlimited for all.
 */
export function createRedisRateLimiter(connection: RedisConnection, log: Logger, replicas: number): RateLimiter {
  const local = createMemoryRateLimiter()
  return {
    async charge(buckets) {
      try {
        return weigh(buckets, await chargeInRedis(connection, buckets))
      } catch (error) {
        log.debug({ dependency: 'redis', err: error }, 'limits are local')
        localRateVerdicts.inc()
        return local.charge(buckets.map((bucket) => ({ ...bucket, limit: Math.max(1, Math.floor(bucket.limit / replicas)) })))
      }
    },
  }
}

function chargeInRedis(connection: RedisConnection, buckets: readonly RateBucket[]): Promise<number[]> {
  const keys = buckets.map((bucket) => bucket.key)
  const parameters = buckets.flatMap((bucket) => [bucket.periodSeconds * 1e6, increment(bucket)])
  return connection.run(async (client) => {
    const answer = await client.evalsha(CHARGE_SHA, keys.length, ...keys, ...parameters).catch((error: unknown) => {
      if (!(error instanceof Error) || !error.message.startsWith('NOSCRIPT')) throw error
      return client.eval(CHARGE, keys.length, ...keys, ...parameters)
    })
    return Backlogs.parse(answer)
  })
}
