import { Redis } from 'ioredis'
import type { Logger } from 'pino'

const CONNECT_TIMEOUT_MS = 1_000
const COMMAND_TIMEOUT_MS = 1_000
const MAX_RECONNECT_DELAY_MS = 2_000
const FIRST_CONNECTION_PATIENCE_MS = 3_000

/**
 * One connection to Redis that comes back for ever. Redis holds nothing that we cannot lose: whoever asks
 * while it is away gets the fallback at once and never waits for it.
 */
export interface RedisConnection {
  readonly client: Redis
  /** Rejects at once while Redis is away, and after a second without an answer. */
  run<Result>(work: (client: Redis) => Promise<Result>): Promise<Result>
  /** Like `run`, with the answer for when Redis is away. */
  runOr<Result>(fallback: Result, work: (client: Redis) => Promise<Result>): Promise<Result>
  isHealthy(): boolean
  close(): Promise<void>
}

/** Opens a connection and waits up to three seconds for it; after that it goes on trying in the background. */
export async function openRedis(url: string, log: Logger): Promise<RedisConnection> {
  const client = new Redis(url, {
    noDelay: true,
    connectTimeout: CONNECT_TIMEOUT_MS,
    // A command that was on its way when the connection broke may have had its effect: it is never sent again.
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
    autoResubscribe: false,
    retryStrategy: (attempt) => Math.min(20 * 2 ** Math.min(attempt, 10), MAX_RECONNECT_DELAY_MS) * (0.5 + Math.random() / 2),
  })
  const connection = createConnection(client, log)
  await firstConnection(client)
  return connection
}

function createConnection(client: Redis, log: Logger): RedisConnection {
  announceOutages(client, log)
  const run: RedisConnection['run'] = async (work) => {
    if (client.status !== 'ready') throw new Error('Redis is away.')
    const deadline = Promise.withResolvers<never>()
    const timer = setTimeout(() => {
      // The late answer must never be taken for the answer of the next command: the connection dies with it.
      client.disconnect(true)
      deadline.reject(new Error(`Redis did not answer in ${COMMAND_TIMEOUT_MS} ms.`))
    }, COMMAND_TIMEOUT_MS)
    try {
      return await Promise.race([work(client), deadline.promise])
    } finally {
      clearTimeout(timer)
    }
  }
  return {
    client,
    run,
    async runOr(fallback, work) {
      try {
        return await run(work)
      } catch (error) {
        log.debug({ dependency: 'redis', err: error }, 'answered without Redis')
        return fallback
      }
    },
    isHealthy: () => client.status === 'ready',
    async close() {
      client.disconnect()
    },
  }
}

/** One line per outage, not one per attempt to reconnect. */
function announceOutages(client: Redis, log: Logger): void {
  let isAway = false
  client.on('ready', () => {
    if (isAway) log.info({ dependency: 'redis' }, 'Redis is back')
    isAway = false
  })
  client.on('error', (error: Error) => {
    if (!isAway) log.warn({ dependency: 'redis', err: error }, 'Redis is away: caches miss and limits are local until it is back')
    isAway = true
  })
}

function firstConnection(client: Redis): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, FIRST_CONNECTION_PATIENCE_MS)
    client.once('ready', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}
