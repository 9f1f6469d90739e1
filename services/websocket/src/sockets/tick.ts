import type { RevocationList } from '@ai-crm/platform'
import type { PublicCtx } from '../ctx.ts'
import { readSequence } from '../updates/read-updates.ts'
import type { LiveServer } from './live-server.ts'
import { organizationRoom } from './rooms.ts'

const SYSTEM = { type: 'system', id: null } as const

/**
 * Every tick the sockets of this process hear the newest number of their organisation, and those of revoked
 * sessions are closed: the second net below the pushes, for when one of them was lost.
 */
export async function tick(io: LiveServer, ctx: PublicCtx, revocations: RevocationList): Promise<void> {
  const holders = [...io.sockets.sockets.values()].map((socket) => socket.data.holder)
  for (const organizationId of new Set(holders.map((holder) => holder.organizationId))) {
    const sequence = await readSequence(ctx.enter(organizationId, SYSTEM))
    io.local.to(organizationRoom(organizationId)).emit('tick', { sequence })
  }
  for (const socket of io.sockets.sockets.values()) if (await revocations.isRevoked(socket.data.holder.sessionId)) socket.disconnect(true)
}
