import { connectRedisAdapters, createInProcessBus, createMemoryAdapters, createRabbitBus, openSearchIndex, type Adapters } from '@ai-crm/platform'
import type { Logger } from 'pino'
import type { ProcessConfig } from './config.ts'

export interface OpenedAdapters extends Adapters {
  close(): Promise<void>
}

/** A given URL selects the networked adapter, a missing one the adapter inside the process. */
export async function openAdapters(config: ProcessConfig, log: Logger): Promise<OpenedAdapters> {
  const volatile = config.REDIS_URL ? await connectRedisAdapters(config.REDIS_URL, log, config.RATE_LIMIT_REPLICAS) : createMemoryAdapters(log)
  const bus = config.RABBITMQ_URL ? createRabbitBus({ url: config.RABBITMQ_URL, log }) : createInProcessBus()
  const { ELASTICSEARCH_URL, ELASTICSEARCH_PREFIX: prefix } = config
  const search = ELASTICSEARCH_URL ? await openSearchIndex({ url: ELASTICSEARCH_URL, prefix, log }) : null
  return {
    bus,
    cache: volatile.cache,
    rateLimiter: volatile.rateLimiter,
    fanout: volatile.fanout,
    ...(search ? { search } : {}),
    async close() {
      await bus.close()
      await search?.close()
      await volatile.close()
    },
  }
}
