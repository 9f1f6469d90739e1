import { LIVE_PATH } from '@ai-crm/contracts'
import { createRevocationList, gauge, joinSocketReplicas, type ServiceHost, type Stoppable } from '@ai-crm/platform'
import { Server } from 'socket.io'
import type { PublicCtx } from '../ctx.ts'
import { refusalOf } from './admit-upgrade.ts'
import { authenticateSockets } from './authenticate-socket.ts'
import { closeRevoked } from './close-revoked.ts'
import { openDoor } from './door.ts'
import type { LiveServer } from './live-server.ts'
import { trackConnections } from './raw-connections.ts'
import { createPusher } from './push-updates.ts'
import { renewSockets } from './renew-sockets.ts'
import { organizationRoom, sessionRoom, veiledRoom } from './rooms.ts'
import { serveSocket } from './serve-socket.ts'
import { showOperations, showProgress } from './show-progress.ts'
import { createFlagTeller } from './tell-flags.ts'
import { tick } from './tick.ts'
import { veilUpdate } from '../updates/veil-update.ts'

const LOOK_AT_FLAGS_MS = 250

const MAX_FRAME_BYTES = 64 * 1024

/** Together with LIVE_REVOCATION_CHECK_MS less than 5 s: a revoked session's socket is closed by then even if nobody told us (B9). */
const REREAD_REVOCATION_MS = 1_000

/** The Socket.IO server of this process, on its HTTP server at LIVE_PATH (contracts/websocket/live.ts). */
export async function serveSockets(ctx: PublicCtx, host: ServiceHost): Promise<Stoppable> {
  const replicas = host.redisUrl === null ? null : joinSocketReplicas(host.redisUrl, ctx.log)
  const connections = trackConnections()
  const io: LiveServer = new Server(host.app.server, {
    path: LIVE_PATH,
    serveClient: false,
    transports: ['websocket'],
    perMessageDeflate: false,
    httpCompression: false,
    maxHttpBufferSize: MAX_FRAME_BYTES,
    connectTimeout: 5_000,
    pingInterval: ctx.config.LIVE_PING_MS,
    pingTimeout: ctx.config.LIVE_PING_MS / 2,
    ...(replicas ? { adapter: replicas.adapter } : {}),
    allowRequest: (request, decide) => {
      const isFull = io.engine.clientsCount >= ctx.config.LIVE_MAX_SOCKETS
      const refusal = isFull ? 'Too many sockets.' : refusalOf(request, host.allowedOrigins)
      if (refusal === null) connections.add(request.socket)
      decide(refusal, refusal === null)
    },
  })
  const revocations = createRevocationList(host.adapters.cache, REREAD_REVOCATION_MS)
  authenticateSockets(io, ctx)
  io.on('connection', (socket) => {
    serveSocket(ctx, socket).catch((error: unknown) => {
      ctx.log.warn({ err: error }, 'a socket could not be served')
      socket.conn.close()
    })
  })
  const { renew, receiver } = await renewSockets(io, ctx, host.adapters.fanout)
  openDoor(ctx.config, {
    renew,
    push: createPusher(ctx, (organizationId, update) => {
      io.to(organizationRoom(organizationId)).emit('update', update)
      io.to(veiledRoom(organizationId)).emit('update', veilUpdate(update))
    }),
    closeSession: (sessionId) => io.in(sessionRoom(sessionId)).disconnectSockets(true),
  })
  gauge('live_sockets', 'Open sockets of this process', [], async () => [{ value: io.engine.clientsCount }])
  const progress = await showProgress(io, host.adapters.fanout)
  const operations = await showOperations(io, host.adapters.fanout)
  const ticking = repeat(ctx, ctx.config.LIVE_TICK_MS, () => tick(io, ctx))
  const telling = repeat(ctx, LOOK_AT_FLAGS_MS, createFlagTeller(io, ctx))
  const checking = repeat(ctx, ctx.config.LIVE_REVOCATION_CHECK_MS, () => closeRevoked(io, revocations))
  return {
    async stop() {
      await Promise.all([progress.stop(), operations.stop(), ticking.stop(), telling.stop(), checking.stop(), receiver.stop()])
      // Connections, not sockets: clients take it for a lost connection and go to another replica by themselves.
      io.engine.close()
      await connections.drain()
      await io.of('/').adapter.close()
      replicas?.close()
    },
  }
}

/** One run after the other; a run that fails is logged and does not end the watch. */
function repeat(ctx: PublicCtx, everyMs: number, work: () => Promise<void>): Stoppable {
  let running: Promise<void> | null = null
  const timer = setInterval(() => {
    running ??= work()
      .catch((error: unknown) => ctx.log.warn({ err: error }, 'the watch over the sockets stumbled'))
      .finally(() => (running = null))
  }, everyMs)
  return {
    async stop() {
      clearInterval(timer)
      await running
    },
  }
}
