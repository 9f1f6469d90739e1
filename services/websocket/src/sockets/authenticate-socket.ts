import { createRevocationList } from '@ai-crm/platform'
import { z } from 'zod'
import type { PublicCtx } from '../ctx.ts'
import { takeTicket } from '../tickets/take-ticket.ts'
import { TicketText } from '../tickets/ticket.ts'
import type { LiveServer, LiveSocket } from './live-server.ts'
import { userRoom } from './rooms.ts'

const Handshake = z.object({ ticket: TicketText, after: z.number().int().min(0).nullish(), ageMs: z.number().int().min(0).nullish() })
const MAX_SOCKETS_PER_USER = 20
/** Long enough for the client to read why. */
const CLOSE_REFUSED_AFTER_MS = 250

/** Lets sockets in whose ticket is good: single use, 30 s, bought with a token that still lives. */
export function authenticateSockets(io: LiveServer, ctx: PublicCtx): void {
  io.use(async (socket, next) => {
    const refusal = await admit(io, ctx, socket).catch((error: unknown) => {
      ctx.log.warn({ err: error }, 'a socket was not let in')
      return 'unavailable'
    })
    if (refusal === null) return next()
    setTimeout(() => socket.conn.close(), CLOSE_REFUSED_AFTER_MS)
    next(new Error(refusal))
  })
}

async function admit(io: LiveServer, ctx: PublicCtx, socket: LiveSocket): Promise<string | null> {
  const handshake = Handshake.safeParse(socket.handshake.auth)
  const holder = handshake.success ? await takeTicket(ctx, handshake.data.ticket) : null
  // A list of its own reads the cache now: what others have read up to 5 s ago would let a revoked session or old rights in.
  if (!handshake.success || !holder || (await createRevocationList(ctx.cache).isRefused(holder))) return 'unauthorized'
  const ofUser = io.sockets.adapter.rooms.get(userRoom(holder.organizationId, holder.userId))
  if ((ofUser?.size ?? 0) >= MAX_SOCKETS_PER_USER) return 'too many sockets'
  socket.data = { holder, after: handshake.data.after ?? null, ageMs: handshake.data.ageMs ?? null }
  return null
}
