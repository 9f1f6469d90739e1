import { DraftProgress, LIVE_PATH, LiveUpdate, OperationProgress, Welcome } from '@ai-crm/contracts'
import { io, type Socket } from 'socket.io-client'
import { reconnectDelayMs } from './backoff.ts'
import type { LiveStatus } from './live-store.ts'
import { advance, sequenceStart, type SequenceInput, type SequenceState } from './sequence.ts'

export interface LiveHandlers {
  ticket: () => Promise<string>
  onStatus: (status: LiveStatus) => void
  onUpdates: (updates: readonly LiveUpdate[]) => void
  onProgress: (progress: DraftProgress) => void
  onOperation: (progress: OperationProgress) => void
  /** A flag of the installation has changed. */
  onFlags: () => void
  onRefetchAll: () => void
}

/** The server ticks every 15 s: silence for this long is a dead connection that TCP has not noticed. */
const SILENCE_MS = 40_000

/** Nothing on the screen is older. By both clocks: the one stands still while the machine sleeps, the other can be set. */
const ageOfPageMs = (): number => Math.ceil(Math.max(performance.now(), Date.now() - performance.timeOrigin))

/**
 * One socket for the tab, for as long as the session lasts.
 * connecting → live → reconnecting → (delay with jitter, new ticket, `after` the last number) → live; offline while the browser is.
 */
export class LiveConnection {
  readonly #handlers: LiveHandlers
  #socket: Socket | null = null
  #sequence: SequenceState = sequenceStart
  #attempt = 0
  #retryTimer: ReturnType<typeof setTimeout> | undefined
  #silenceTimer: ReturnType<typeof setTimeout> | undefined
  #isStopped = false

  constructor(handlers: LiveHandlers) {
    this.#handlers = handlers
  }

  start(): void {
    addEventListener('online', this.#retryNow)
    addEventListener('offline', this.#goOffline)
    document.addEventListener('visibilitychange', this.#retryWhenVisible)
    void this.#connect()
  }

  stop(): void {
    this.#isStopped = true
    removeEventListener('online', this.#retryNow)
    removeEventListener('offline', this.#goOffline)
    document.removeEventListener('visibilitychange', this.#retryWhenVisible)
    this.#drop()
  }

  async #connect(): Promise<void> {
    try {
      const ticket = await this.#handlers.ticket()
      if (!this.#isStopped) this.#open(ticket)
    } catch {
      // No ticket: the server is away or the session is over; the session store tells which, here we only wait.
      this.#retryLater()
    }
  }

  #open(ticket: string): void {
    this.#drop()
    const after = this.#sequence.last
    const socket = io({
      path: LIVE_PATH,
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
      auth: { ticket, ...(after === null ? { ageMs: ageOfPageMs() } : { after }) },
    })
    this.#socket = socket
    this.#listen(socket)
    this.#watchSilence()
  }

  #listen(socket: Socket): void {
    socket.on('connect_error', () => this.#retryLater())
    socket.on('disconnect', () => this.#retryLater())
    socket.on('welcome', (raw) => {
      this.#attempt = 0
      this.#handlers.onStatus('live')
      this.#take(socket, { kind: 'welcome', ...Welcome.parse(raw) })
    })
    socket.on('update', (raw) => this.#take(socket, { kind: 'update', update: LiveUpdate.parse(raw) }))
    socket.on('tick', (raw) => this.#take(socket, { kind: 'tick', sequence: Welcome.shape.sequence.parse(raw?.sequence) }))
    socket.on('reset', (raw) => this.#take(socket, { kind: 'reset', sequence: Welcome.shape.sequence.parse(raw?.sequence) }))
    socket.on('flags', () => this.#handlers.onFlags())
    socket.on('operation', (raw) => this.#handlers.onOperation(OperationProgress.parse(raw)))
    socket.on('progress', (raw) => this.#handlers.onProgress(DraftProgress.parse(raw)))
  }

  #take(socket: Socket, input: SequenceInput): void {
    this.#watchSilence()
    const step = advance(this.#sequence, input)
    this.#sequence = step.state
    if (step.refetchAll) this.#handlers.onRefetchAll()
    if (step.apply.length > 0) this.#handlers.onUpdates(step.apply)
    if (step.resumeAfter !== null) socket.emit('resume', { after: step.resumeAfter })
  }

  #watchSilence(): void {
    clearTimeout(this.#silenceTimer)
    this.#silenceTimer = setTimeout(() => this.#retryLater(), SILENCE_MS)
  }

  #drop(): void {
    clearTimeout(this.#retryTimer)
    clearTimeout(this.#silenceTimer)
    this.#socket?.off()
    this.#socket?.disconnect()
    this.#socket = null
  }

  #retryLater(): void {
    this.#drop()
    if (this.#isStopped) return
    if (!navigator.onLine) return this.#handlers.onStatus('offline')
    this.#handlers.onStatus('reconnecting')
    this.#retryTimer = setTimeout(() => void this.#connect(), reconnectDelayMs(this.#attempt))
    this.#attempt += 1
  }

  readonly #retryNow = (): void => {
    if (this.#socket?.connected) return
    this.#attempt = 0
    this.#retryLater()
  }
  readonly #retryWhenVisible = (): void => {
    if (document.visibilityState === 'visible') this.#retryNow()
  }
  readonly #goOffline = (): void => {
    this.#drop()
    this.#handlers.onStatus('offline')
  }
}
