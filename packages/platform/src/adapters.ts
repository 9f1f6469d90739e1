import type { Envelope, ServiceName } from '@ai-crm/contracts'
import type { SearchIndex } from './search/search-index.ts'

/**
 * The ports between the services and what carries them. Each has an embedded and a networked adapter that
 * pass one conformance suite; `apps/server/src/adapters.ts` picks by which URLs are configured.
 */

/** Moves events from the service that stored them to the services that consume them, at least once. */
export interface Bus {
  /**
   * Declares queues for every subscription of the whole product (also of services that are not running here),
   * so that an event published before its consumer's first start waits for it. Idempotent; call once at boot.
   */
  declare(subscriptions: readonly Subscription[]): Promise<void>
  /** Resolves once every subscribed service's queue (or, in process, its inbox) has the event durably. Rejects otherwise. */
  publish(envelope: Envelope): Promise<void>
  /**
   * Delivers the service's events; order is kept inside one aggregate, whatever the number of replicas.
   * `deliver` resolving is the acknowledgement; rejecting (the database is away) means: deliver again, later.
   */
  subscribe(service: ServiceName, deliver: (envelope: Envelope) => Promise<void>): Promise<Stoppable>
  /** For metrics and the doctor: whether the broker answers. */
  isHealthy(): boolean
  close(): Promise<void>
}
export interface Subscription {
  service: ServiceName
  eventTypes: readonly string[]
}

/** Small, short-lived, loseable facts. Keys come from `cacheKey`, which contains the organisation. */
export interface Cache {
  get(key: string): Promise<string | null>
  set(key: string, value: string, ttlSeconds: number): Promise<void>
  /** Reads and removes in one step: at most one caller gets it. */
  take(key: string): Promise<string | null>
  delete(key: string): Promise<void>
  isHealthy(): boolean
  close(): Promise<void>
}

/** GCRA: every bucket must have room, or none is charged. */
export interface RateLimiter {
  charge(buckets: readonly RateBucket[]): Promise<RateVerdict>
}
export interface RateBucket {
  key: string
  /** Whose limit it is, for metrics: `user`, `address`. */
  kind?: string
  /** Units per `periodSeconds`, which may also come at once (burst = limit). */
  limit: number
  periodSeconds: number
  cost: number
}
export interface RateVerdict {
  isAllowed: boolean
  /** Of the tightest bucket. */
  kind?: string
  limit: number
  remaining: number
  resetSeconds: number
  retryAfterSeconds: number
}

/** Tells all processes something now; whoever is away misses it. */
export interface Fanout {
  publish(channel: string, message: string): Promise<void>
  subscribe(channel: string, receive: (message: string) => void): Promise<Stoppable>
  close(): Promise<void>
}

export interface Stoppable {
  stop(): Promise<void>
}

/** The carriers of one process. */
export interface Adapters {
  readonly bus: Bus
  readonly cache: Cache
  readonly rateLimiter: RateLimiter
  readonly fanout: Fanout
  /** Absent: every service searches its own tables. */
  readonly search?: SearchIndex
}
