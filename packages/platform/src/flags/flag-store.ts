import { FlagSnapshot } from '@ai-crm/contracts'
import type { Logger } from 'pino'
import type { Cache, Fanout, Stoppable } from '../adapters.ts'
import { cacheKey } from '../cache/cache-key.ts'
import { WakeSignal } from '../events/wake-signal.ts'
import { gauge } from '../telemetry/metrics.ts'
import { learn, NOTHING_KNOWN, snapshotOf, type KnownFlags } from './evaluate.ts'

/** With the call itself well below the 5 s in which a change has to be known everywhere. */
const POLL_MS = 2_000
const CHANNEL = 'flags.changed'
/** What was known last, for processes that start while the store is away. */
const CACHE_KEY = cacheKey('global', 'flags', 'last-known')
const CACHE_SECONDS = 7 * 24 * 3600
const KEEP_AGAIN_MS = 3_600_000

/** What changed after a version, null for nothing; rejects while the store is away. */
export type AskForFlags = (after: number) => Promise<FlagSnapshot | null>

export interface FlagStoreParts {
  readonly cache: Cache
  readonly fanout: Fanout
  readonly log: Logger
  /** 2 s unless told. */
  readonly pollMs?: number
}

/**
 * Flags of the installation, as this process knows them.
 *
 *   unknown → known   the store has answered, or the cache told what was known last
 *   known   → known   asked every 2 s, or at once when somebody announces a change
 *   known   → stale   the store is away: what was known last counts, without limit of time
 *   stale   → known   it answers again
 */
export class FlagStore implements Stoppable {
  readonly #parts: FlagStoreParts
  readonly #signal = new WakeSignal()
  readonly #stopping = new AbortController()
  readonly #listeners = new Set<() => void>()
  #known: KnownFlags = NOTHING_KNOWN
  /** Heard from the store itself: the next answer may be only what changed. */
  #isFirsthand = false
  #isAway = false
  #heardAtMs = performance.now()
  #keptAtMs = 0
  #receiver: Stoppable | null = null
  #loop: Promise<void> = Promise.resolve()

  constructor(parts: FlagStoreParts) {
    this.#parts = parts
  }

  get known(): KnownFlags {
    return this.#known
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  announce(): void {
    this.#parts.fanout.publish(CHANNEL, '').catch((error: unknown) => this.#parts.log.debug({ err: error }, 'a change of flags was not announced'))
  }

  /** Resolves when something is known, or when there is nothing to be known from: work begins after it. */
  async start(ask: AskForFlags): Promise<void> {
    gauge('flags_age_seconds', 'Since the store of flags has answered', [], async () => [{ value: (performance.now() - this.#heardAtMs) / 1000 }])
    gauge('flags_version', 'Changes of flags that this process knows of', [], async () => [{ value: this.#known.version }])
    this.#receiver = await this.#parts.fanout.subscribe(CHANNEL, () => this.#signal.ring())
    await this.#refresh(ask)
    if (!this.#isFirsthand) await this.#recall()
    this.#loop = this.#run(ask)
  }

  async stop(): Promise<void> {
    this.#stopping.abort()
    this.#signal.ring()
    await this.#loop
    await this.#receiver?.stop()
  }

  async #run(ask: AskForFlags): Promise<void> {
    const pollMs = this.#parts.pollMs ?? POLL_MS
    while (!this.#stopping.signal.aborted) {
      await this.#signal.wait(pollMs)
      if (!this.#stopping.signal.aborted) await this.#refresh(ask)
    }
  }

  /** Asks until nothing is left to hear. Never rejects. */
  async #refresh(ask: AskForFlags): Promise<void> {
    const { log } = this.#parts
    try {
      for (let isMore = true; isMore;) {
        const snapshot = await ask(this.#isFirsthand ? this.#known.version : 0)
        this.#heardAtMs = performance.now()
        this.#isFirsthand = true
        if (snapshot) this.#become(learn(this.#known, snapshot))
        isMore = snapshot?.hasMore ?? false
      }
      if (this.#isAway) log.info({ version: this.#known.version }, 'the store of flags answers again')
      this.#isAway = false
      await this.#keep()
    } catch (error) {
      if (!this.#isAway) log.warn({ err: error, version: this.#known.version }, 'the store of flags does not answer: what was known last counts')
      this.#isAway = true
    }
  }

  #become(known: KnownFlags): void {
    const isNew = known.version !== this.#known.version
    this.#known = known
    if (!isNew) return
    this.#keptAtMs = 0
    for (const listener of this.#listeners) listener()
  }

  /** For other processes, and for our own next start. */
  async #keep(): Promise<void> {
    const nowMs = performance.now()
    if (this.#known === NOTHING_KNOWN || (this.#keptAtMs > 0 && nowMs - this.#keptAtMs < KEEP_AGAIN_MS)) return
    this.#keptAtMs = nowMs
    await this.#parts.cache.set(CACHE_KEY, JSON.stringify(snapshotOf(this.#known)), CACHE_SECONDS).catch((error: unknown) => {
      this.#keptAtMs = 0
      this.#parts.log.debug({ err: error }, 'what is known of flags was not kept')
    })
  }

  async #recall(): Promise<void> {
    const { cache, log } = this.#parts
    const kept = await cache.get(CACHE_KEY).catch(() => null)
    const snapshot = kept === null ? null : FlagSnapshot.safeParse(parsed(kept))
    if (snapshot?.success) this.#become(learn(NOTHING_KNOWN, snapshot.data))
    else log.error('flags are not known: neither the store nor the cache answers, so the defaults of the code count')
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
