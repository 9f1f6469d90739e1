import type { Cache } from '../adapters.ts'
import type { RedisConnection } from './open-redis.ts'

/** The cache that all replicas share. While Redis is away everything is a miss and nothing is stored. */
export function createRedisCache(connection: RedisConnection): Cache {
  return {
    get: (key) => connection.runOr(null, (client) => client.get(key)),
    async set(key, value, ttlSeconds) {
      await connection.runOr(null, (client) => client.set(key, value, 'PX', Math.ceil(ttlSeconds * 1000)))
    },
    take: (key) => connection.runOr(null, (client) => client.getdel(key)),
    async delete(key) {
      await connection.runOr(0, (client) => client.del(key))
    },
    isHealthy: () => connection.isHealthy(),
    close: () => connection.close(),
  }
}
