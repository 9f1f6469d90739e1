import { isIP } from 'node:net'
import type { Logger } from 'pino'
import { Pool, type Dispatcher } from 'undici'
import { circuitOf, forgetCircuit } from '../resilience/circuits.ts'
import { dependencyDuration } from '../telemetry/metrics.ts'
import { createLoadScore, type LoadScore } from './load-score.ts'
import { failureOf } from './failure-of.ts'
import { createStanding } from './standing.ts'
import { tell, verdictOn, verdictOnFailure, type Verdict } from './verdict.ts'

/** One replica of a service, at one address, with the connections to it. */
export interface Replica {
  /** With the address in the place of the name. */
  readonly url: URL
  readonly isEligible: boolean
  readonly score: number
  /** Null: its breaker is open, nothing was sent. Rejects as undici does. An answer too late for a hasty caller is not held against it. */
  request(options: Dispatcher.RequestOptions, isHasty: boolean): Promise<Dispatcher.ResponseData | null>
  /** Somebody found, in a way of their own, that it cannot be connected to. */
  eject(): void
  /** Lets what is under way finish. */
  close(): Promise<void>
}

const CONNECT_TIMEOUT_MS = 1_000
const MAX_CONNECTIONS = 128
/** Shorter than the 72 s for which our servers keep a connection: the server never closes under a request. */
const KEEP_ALIVE_MS = 30_000
const BODY_TIMEOUT_MS = 30_000

export function openReplica(service: string, base: URL, address: string, log: Logger): Replica {
  const url = new URL(base)
  url.hostname = address.includes(':') ? `[${address}]` : address
  const pool = connectTo(url, base.hostname)
  const { breaker } = circuitOf(service, url.origin, {
    onEnter: (state) => log.warn({ service, url: url.origin, state }, 'the breaker of a replica changed'),
  })
  const standing = createStanding()
  const load = createLoadScore()

  return {
    url,
    get isEligible() {
      // Open, but its rest is over: the next request is a probe.
      return (breaker.state !== 'open' || breaker.retryAfterMs() === 0) && standing.isEligible
    },
    get score() {
      return load.value
    },
    async request(options, isHasty) {
      const admission = breaker.admit()
      if (!admission) return null
      standing.begin()
      const settle = (verdict: Verdict) => tell(verdict, admission, standing)
      const stop = dependencyDuration.startTimer({ dependency: service })
      try {
        const answer = await observe(load, () => pool.request(options))
        settle(verdictOn(answer, isHasty))
        stop({ outcome: String(answer.statusCode) })
        return answer
      } catch (error) {
        const failure = failureOf(error)
        settle(verdictOnFailure(failure, isHasty))
        stop({ outcome: failure })
        throw error
      }
    },
    eject() {
      standing.begin()
      standing.failed(true)
    },
    async close() {
      forgetCircuit(service, url.origin)
      await pool.close()
    },
  }
}

function connectTo(url: URL, hostname: string): Pool {
  return new Pool(url.origin, {
    connections: MAX_CONNECTIONS,
    // The certificate is the name's.
    connect: { timeout: CONNECT_TIMEOUT_MS, ...(isIP(hostname) === 0 ? { servername: hostname } : {}) },
    keepAliveTimeout: KEEP_ALIVE_MS,
    keepAliveMaxTimeout: KEEP_ALIVE_MS,
    bodyTimeout: BODY_TIMEOUT_MS,
  })
}

async function observe(load: LoadScore, call: () => Promise<Dispatcher.ResponseData>): Promise<Dispatcher.ResponseData> {
  const startedAt = performance.now()
  load.begin()
  try {
    const answer = await call()
    // A refusal under load is quick and says nothing about how quick it works.
    load.end(answer.statusCode >= 500 ? null : performance.now() - startedAt)
    return answer
  } catch (error) {
    load.end(null)
    throw error
  }
}
