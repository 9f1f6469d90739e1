import type { RevocationList } from '@ai-crm/platform'
import type { LiveServer, LiveSocket } from './live-server.ts'

/** Together a bit more than a check takes at 10,000 sockets: questions to the cache that are on their way at once. */
const AT_ONCE = 250

/** Closes the sockets of this process whose session has ended or whose rights have changed: the net below the push, for when that was lost. */
export async function closeRevoked(io: LiveServer, revocations: RevocationList): Promise<void> {
  const sockets = [...io.sockets.sockets.values()]
  for (let start = 0; start < sockets.length; start += AT_ONCE)
    await Promise.all(sockets.slice(start, start + AT_ONCE).map((socket) => closeIfRevoked(socket, revocations)))
}

async function closeIfRevoked(socket: LiveSocket, revocations: RevocationList): Promise<void> {
  const { holder } = socket.data
  if (await revocations.isRevoked(holder.sessionId)) socket.disconnect(true)
  // The connection, not the socket: with the new rights the client may come back.
  else if (await revocations.isRefused(holder)) socket.conn.close()
}
