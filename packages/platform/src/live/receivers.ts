import type { Logger } from 'pino'

type Receive = (message: string) => void

/** Who listens to which channel in this process. One receiver that throws does not silence the others. */
export function createReceivers(log: Logger) {
  const byChannel = new Map<string, Set<Receive>>()
  return {
    /** True when this is the first receiver of the channel. */
    add(channel: string, receive: Receive): boolean {
      const receivers = byChannel.get(channel) ?? new Set()
      byChannel.set(channel, receivers.add(receive))
      return receivers.size === 1
    },
    /** True when the channel has no receiver any more. */
    remove(channel: string, receive: Receive): boolean {
      const receivers = byChannel.get(channel)
      if (!receivers?.delete(receive) || receivers.size > 0) return false
      return byChannel.delete(channel)
    },
    deliver(channel: string, message: string): void {
      for (const receive of byChannel.get(channel) ?? []) {
        try {
          receive(message)
        } catch (error) {
          log.error({ channel, err: error }, 'a fanout receiver failed')
        }
      }
    },
    channels: (): string[] => [...byChannel.keys()],
    clear: (): void => byChannel.clear(),
  }
}
