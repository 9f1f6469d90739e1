import type { Server } from 'node:http'
import type { Adapters, Bus, Fanout } from '@ai-crm/platform'

/** Whatever comes late does so by a time of its own between nothing and `upToMs`, mostly early: as on a network on a bad day. */
const lateness = (upToMs: number) => (): Promise<void> => new Promise((resolve) => setTimeout(resolve, Math.random() ** 2 * upToMs))

/**
 * Events reach each service late, and pushes each process: what a contract promises of their order still holds (inside an aggregate, on a channel),
 * and nothing else does. For tests of what people see: on a fast machine everything comes in the order in which it was written down.
 */
export function delayAdapters<Some extends Adapters>(adapters: Some, upToMs: number | null): Some {
  if (upToMs === null) return adapters
  return { ...adapters, bus: delayBus(adapters.bus, lateness(upToMs)), fanout: delayFanout(adapters.fanout, lateness(upToMs / 2)) }
}

const delayBus = (bus: Bus, late: () => Promise<void>): Bus => ({
  declare: (subscriptions) => bus.declare(subscriptions),
  publish: (envelope) => bus.publish(envelope),
  subscribe: (service, deliver) =>
    bus.subscribe(service, async (envelope) => {
      await late()
      await deliver(envelope)
    }),
  isHealthy: () => bus.isHealthy(),
  close: () => bus.close(),
})

function delayFanout(fanout: Fanout, late: () => Promise<void>): Fanout {
  const lines = new Map<string, Promise<void>>()
  return {
    async publish(channel, message) {
      const sent = (lines.get(channel) ?? Promise.resolve()).then(late).then(() => fanout.publish(channel, message))
      // Nobody waits for it any more: one that is lost stops neither those behind it nor the process.
      const line = sent.catch(() => undefined)
      lines.set(channel, line)
      void line.finally(() => lines.get(channel) === line && lines.delete(channel))
    },
    subscribe: (channel, receive) => fanout.subscribe(channel, receive),
    close: () => fanout.close(),
  }
}

/** Requests arrive late, and their answers leave late: by then what they did is seen by others. Call it before the server listens. */
export function delayAnswers(server: Server, upToMs: number | null): void {
  if (upToMs === null) return
  const late = lateness(upToMs / 3)
  const listeners = server.listeners('request')
  server.removeAllListeners('request')
  server.on('request', (request, response) => {
    const { end } = response
    response.end = (...args: unknown[]) => {
      void late().then(() => Reflect.apply(end, response, args))
      return response
    }
    void late().then(() => {
      // Whoever has left by then never came.
      if (!response.closed) for (const listener of listeners) Reflect.apply(listener, server, [request, response])
    })
  })
}
