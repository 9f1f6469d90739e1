import type { Logger } from 'pino'
import type { Fanout } from '../adapters.ts'
import { createReceivers } from './receivers.ts'

/** Fanout inside one process. Receivers run after the publisher went on, as they would behind a network. */
export function createMemoryFanout(log: Logger): Fanout {
  const receivers = createReceivers(log)
  return {
    async publish(channel, message) {
      setImmediate(() => receivers.deliver(channel, message))
    },
    async subscribe(channel, receive) {
      receivers.add(channel, receive)
      return {
        async stop() {
          receivers.remove(channel, receive)
        },
      }
    },
    async close() {
      receivers.clear()
    },
  }
}
