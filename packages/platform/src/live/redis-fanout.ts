import type { Logger } from 'pino'
import type { Fanout } from '../adapters.ts'
import type { RedisConnection } from '../cache/open-redis.ts'
import { createReceivers } from './receivers.ts'

/**
 * Fanout over Redis pub/sub. `subscriber` is a connection of its own, because a subscribed one takes no other
 * command. While Redis is away a message reaches the receivers of its own process only.
 */
export function createRedisFanout(publisher: RedisConnection, subscriber: RedisConnection, log: Logger): Fanout {
  const receivers = createReceivers(log)
  const listen = async (channels: readonly string[]): Promise<void> => {
    if (channels.length > 0) await subscriber.runOr(null, (client) => client.subscribe(...channels))
  }
  subscriber.client.on('message', (channel: string, message: string) => receivers.deliver(channel, message))
  subscriber.client.on('ready', () => void listen(receivers.channels()))

  return {
    async publish(channel, message) {
      if (!publisher.isHealthy()) {
        setImmediate(() => receivers.deliver(channel, message))
        return
      }
      await publisher.runOr(0, (client) => client.publish(channel, message))
    },
    async subscribe(channel, receive) {
      if (receivers.add(channel, receive)) await listen([channel])
      return {
        async stop() {
          if (receivers.remove(channel, receive)) await subscriber.runOr(null, (client) => client.unsubscribe(channel))
        },
      }
    },
    async close() {
      receivers.clear()
      await subscriber.close()
    },
  }
}
