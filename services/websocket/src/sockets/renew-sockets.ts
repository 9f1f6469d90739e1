import type { Fanout, Stoppable } from '@ai-crm/platform'
import { z } from 'zod'
import type { PublicCtx } from '../ctx.ts'
import type { Door } from './door.ts'
import type { LiveServer } from './live-server.ts'
import { roleRoom, userRoom } from './rooms.ts'

const CHANNEL = 'live.renew'
const Renewal = z.object({ room: z.string() })

/**
 * Closes the connections (not the sockets) of all replicas in which somebody's old rights are at work: clients come back at
 * once with a new ticket, and their rooms follow from it. What is lost on the way is made up for by the next tick.
 */
export async function renewSockets(io: LiveServer, ctx: PublicCtx, fanout: Fanout): Promise<{ renew: Door['renew']; receiver: Stoppable }> {
  const receiver = await fanout.subscribe(CHANNEL, (message) => {
    const { room } = Renewal.parse(JSON.parse(message))
    for (const id of io.sockets.adapter.rooms.get(room) ?? []) io.sockets.sockets.get(id)?.conn.close()
  })
  const renew: Door['renew'] = (organizationId, subject, subjectId) => {
    const room = subject === 'member' ? userRoom(organizationId, subjectId) : roleRoom(organizationId, subjectId)
    fanout.publish(CHANNEL, JSON.stringify({ room })).catch((error: unknown) => ctx.log.warn({ err: error }, 'sockets were not told of new rights'))
  }
  return { renew, receiver }
}
