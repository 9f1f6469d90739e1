import { API_PREFIX, LIVE_PATH, LiveTicket, LiveUpdate, Welcome, websocketEndpoints, type DraftProgress } from '@ai-crm/contracts'
import { io, type Socket } from 'socket.io-client'
import { z } from 'zod'

export interface LiveClientOptions {
  /** Where the socket connects. */
  readonly url: string
  /** Access token that buys a ticket for each connection. */
  readonly token?: string
  /** Instead of `token`: the newest one, asked for at every connection. */
  readonly buyToken?: () => string
  /** Where tickets are bought, when it is not `url`. */
  readonly ticketUrl?: string
  /** A ticket instead of a token. */
  readonly ticket?: string
  readonly after?: number
  /** How long ago the oldest of what its screen shows was fetched, said at the first connection. */
  readonly ageMs?: number
  readonly headers?: Readonly<Record<string, string>>
  /** Pretends that a push was lost: called with every update that arrives. */
  readonly loses?: (update: LiveUpdate) => boolean
}

export interface LiveClient {
  readonly socket: Socket
  /** Updates in the order in which a screen would apply them: each number once, without gaps. */
  readonly applied: readonly LiveUpdate[]
  readonly progress: readonly DraftProgress[]
  readonly state: { sequence: number; resets: number; connections: number; isRepeated: boolean; refusals: string[] }
  close(): void
}

const Sequence = z.object({ sequence: z.number() })
const RESUME_PAUSE_MS = 150

/** A client of contracts/websocket/live.ts: applies updates in order, asks for what is missing, reconnects with a new ticket. */
export function openLiveClient(options: LiveClientOptions): LiveClient {
  const state: LiveClient['state'] = { sequence: options.after ?? -1, resets: 0, connections: 0, isRepeated: false, refusals: [] }
  const applied: LiveUpdate[] = []
  const progress: DraftProgress[] = []
  const socket = io(options.url, {
    path: LIVE_PATH,
    transports: ['websocket'],
    forceNew: true,
    reconnectionDelay: 20,
    reconnectionDelayMax: 100,
    ...(options.headers ? { extraHeaders: { ...options.headers } } : {}),
    auth: (send) => void handshake(options, state.sequence).then(send, () => send({})),
  })

  let resuming: NodeJS.Timeout | undefined
  const resumeSoon = () => {
    resuming ??= setTimeout(() => {
      resuming = undefined
      if (socket.connected) socket.emit('resume', { after: state.sequence })
    }, RESUME_PAUSE_MS)
  }
  socket.on('welcome', (message) => {
    const { sequence, repeatsRecent = false } = Welcome.parse(message)
    state.connections += 1
    state.isRepeated = repeatsRecent
    if (state.sequence === -1) state.sequence = sequence
  })
  socket.on('update', (message) => {
    const update = LiveUpdate.parse(message)
    if (options.loses?.(update) || update.sequence <= state.sequence) return
    if (state.sequence === -1 || update.sequence > state.sequence + 1) return resumeSoon()
    applied.push(update)
    state.sequence = update.sequence
  })
  socket.on('tick', (message) => {
    if (Sequence.parse(message).sequence > state.sequence) resumeSoon()
  })
  socket.on('reset', (message) => {
    state.resets += 1
    state.sequence = Sequence.parse(message).sequence
  })
  socket.on('progress', (message: DraftProgress) => void progress.push(message))
  socket.on('connect_error', (error) => void state.refusals.push(error.message))
  return {
    socket,
    applied,
    progress,
    state,
    close() {
      clearTimeout(resuming)
      socket.close()
    },
  }
}

async function handshake(options: LiveClientOptions, sequence: number): Promise<{ ticket: string; after?: number; ageMs?: number }> {
  const ticket = options.ticket ?? (await buyTicket(options))
  if (sequence >= 0) return { ticket, after: sequence }
  return options.ageMs === undefined ? { ticket } : { ticket, ageMs: options.ageMs }
}

async function buyTicket({ url, ticketUrl = url, token = '', buyToken = () => token }: LiveClientOptions): Promise<string> {
  const response = await fetch(ticketUrl + API_PREFIX + websocketEndpoints.createLiveTicket.path, {
    method: 'POST',
    headers: { authorization: `Bearer ${buyToken()}` },
  })
  return LiveTicket.parse(await response.json()).ticket
}
