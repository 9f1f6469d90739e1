import { readsEverything, type LiveUpdate } from '@ai-crm/contracts'
import { z } from 'zod'
import type { Ctx, PublicCtx } from '../ctx.ts'
import { readRecent } from '../updates/read-recent.ts'
import { readMissed, readSequence } from '../updates/read-updates.ts'
import { veilUpdate } from '../updates/veil-update.ts'
import type { LiveSocket } from './live-server.ts'
import { createPacketLimit } from './packet-limit.ts'
import { roomsOf } from './rooms.ts'

/** What was fetched longer ago is fetched anew. */
const MAX_AGE_MS = 60_000

const Resume = z.object({ after: z.number().int().min(0) })

/**
 * Serves a socket that was let in. It joins its rooms before the log is read, so no update falls between the two;
 * an update that comes meanwhile may arrive early, which the client sees by its number.
 * Closing the connection (not the socket) makes the client come back with a new ticket.
 */
export async function serveSocket(ctx: PublicCtx, socket: LiveSocket): Promise<void> {
  const { holder, after, ageMs } = socket.data
  const organization = ctx.enter(holder.organizationId, { type: 'user', id: holder.userId })
  limitPackets(socket)
  closeWhenTokenExpires(socket)
  answerResume(organization, socket)
  await socket.join(roomsOf(holder))
  const { organizationId } = holder
  const recent = after === null && ageMs !== null && ageMs <= MAX_AGE_MS ? await readRecent(organization, ageMs) : null
  if (recent) {
    socket.emit('welcome', { sequence: recent.sequence, organizationId, repeatsRecent: true })
    return show(socket, recent.updates)
  }
  socket.emit('welcome', { sequence: await readSequence(organization), organizationId })
  if (after !== null) await replay(organization, socket, after)
}

async function replay(ctx: Ctx, socket: LiveSocket, after: number): Promise<void> {
  const missed = await readMissed(ctx, after)
  if (missed.kind === 'reset') socket.emit('reset', { sequence: missed.sequence })
  else show(socket, missed.updates)
}

function show(socket: LiveSocket, updates: readonly LiveUpdate[]): void {
  const isVeiled = !readsEverything(socket.data.holder.scopes)
  for (const update of updates) socket.emit('update', isVeiled ? veilUpdate(update) : update)
}

/** One answer after the other; a client that asks for what it does not need is cut off by its limit. */
function answerResume(ctx: Ctx, socket: LiveSocket): void {
  const limit = createPacketLimit(20, 2)
  let answering: Promise<void> = Promise.resolve()
  socket.on('resume', (message) => {
    const resume = Resume.safeParse(message)
    if (!resume.success || !limit.spend()) {
      socket.conn.close()
      return
    }
    answering = answering
      .then(() => replay(ctx, socket, resume.data.after))
      .catch((error: unknown) => {
        ctx.log.warn({ err: error }, 'a client was not brought up to date')
        socket.conn.close()
      })
  })
  socket.onAny((event) => {
    if (event !== 'resume') socket.conn.close()
  })
}

/** Everything that comes in counts, also what no handler would see. */
function limitPackets(socket: LiveSocket): void {
  const limit = createPacketLimit(40, 10)
  socket.conn.on('packet', () => {
    if (!limit.spend()) socket.conn.close()
  })
}

function closeWhenTokenExpires(socket: LiveSocket): void {
  const timer = setTimeout(() => socket.conn.close(), Math.max(0, socket.data.holder.expiresAtMs - Date.now()))
  socket.on('disconnect', () => clearTimeout(timer))
}
