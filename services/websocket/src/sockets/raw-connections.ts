import type { Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

const GRACE_MS = 1_000
const LOOK_EVERY_MS = 20

/** The TCP connections below the sockets: a client that does not answer the closing handshake must not hold up a shutdown. */
export function trackConnections() {
  const open = new Set<Socket>()
  return {
    add(connection: Socket): void {
      open.add(connection)
      connection.once('close', () => open.delete(connection))
    },
    /** Waits a second for the clients to leave, then cuts the rest off. */
    async drain(): Promise<void> {
      for (const giveUpAt = performance.now() + GRACE_MS; open.size > 0 && performance.now() < giveUpAt;) await sleep(LOOK_EVERY_MS)
      for (const connection of open) connection.destroy()
    },
  }
}
