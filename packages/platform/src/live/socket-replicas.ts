import { createAdapter } from '@socket.io/redis-streams-adapter'
import { Redis } from 'ioredis'
import type { Logger } from 'pino'
import { cacheKey } from '../cache/cache-key.ts'

const SHARED = {
  noDelay: true,
  // The adapter reads the answers of RESP2.
  protocol: 2,
  retryStrategy: (attempt: number) => Math.min(100 * attempt, 2_000),
} as const

/** Joins the Socket.IO servers of all replicas. While Redis is away each serves its own sockets. Close it after the server. */
export function joinSocketReplicas(redisUrl: string, log: Logger) {
  const name = cacheKey('global', 'live')
  // Writing fails at once while Redis is away, so that the sockets of this process get their messages all the same.
  const writer = quiet(new Redis(redisUrl, { ...SHARED, enableOfflineQueue: false, maxRetriesPerRequest: 0, autoResendUnfulfilledCommands: false }), log)
  // Reading waits for Redis to come back: the adapter asks again at once, and would spin.
  writer.duplicate = () => quiet(new Redis(redisUrl, { ...SHARED, maxRetriesPerRequest: null }), log)
  return { adapter: createAdapter(writer, { streamName: name, channelPrefix: name }), close: () => writer.disconnect() }
}

const quiet = (client: Redis, log: Logger): Redis =>
  client.on('error', (error: Error) => log.debug({ dependency: 'redis', err: error }, 'sockets of other replicas are out of reach'))
