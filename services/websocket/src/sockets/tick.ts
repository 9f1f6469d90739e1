import type { PublicCtx } from '../ctx.ts'
import { readSequence } from '../updates/read-updates.ts'
import type { LiveServer } from './live-server.ts'
import { organizationRoom, veiledRoom } from './rooms.ts'

const SYSTEM = { type: 'system', id: null } as const

/** Every tick the sockets of this process hear the newest number of their organisation: for when a push was lost. */
export async function tick(io: LiveServer, ctx: PublicCtx): Promise<void> {
  const holders = [...io.sockets.sockets.values()].map((socket) => socket.data.holder)
  for (const organizationId of new Set(holders.map((holder) => holder.organizationId))) {
    const sequence = await readSequence(ctx.enter(organizationId, SYSTEM))
    io.local.to([organizationRoom(organizationId), veiledRoom(organizationId)]).emit('tick', { sequence })
  }
}
