import { breakerTransitions, dependencyDuration, SHED_HEADER } from '@ai-crm/platform'
import { circuitBreaker, CircuitState, handleAll, SamplingBreaker } from 'cockatiel'
import type { Logger } from 'pino'
import { Pool, type Dispatcher } from 'undici'

/**
 * One replica of a service. closed → open (half of ≥ 20 calls within 10 s failed) → after 10 s one probe → closed or
 * open again (reliability 1.9). Beside the breaker, a replica that refuses connections is passed over for 2 s.
 */
export interface Target {
  readonly url: URL
  isAnswering(): boolean
  request(options: Dispatcher.RequestOptions): Promise<Dispatcher.ResponseData>
  /** The replica could not be connected to. */
  eject(): void
  close(): Promise<void>
}

const EJECTION_MS = 2_000
const CONNECT_TIMEOUT_MS = 1_000
/** Shorter than the 72 s for which our servers keep a connection: the server never closes under a request. */
const KEEP_ALIVE_MS = 30_000

export function openTarget(service: string, url: URL, log: Logger): Target {
  const pool = new Pool(url.origin, {
    connections: 128,
    connect: { timeout: CONNECT_TIMEOUT_MS },
    keepAliveTimeout: KEEP_ALIVE_MS,
    keepAliveMaxTimeout: KEEP_ALIVE_MS,
    bodyTimeout: 30_000,
  })
  const breaker = circuitBreaker(handleAll.orWhenResult(isGatewayFailure), {
    halfOpenAfter: 10_000,
    breaker: new SamplingBreaker({ threshold: 0.5, duration: 10_000, minimumRps: 2 }),
  })
  breaker.onStateChange((state) => {
    breakerTransitions.inc({ dependency: service, state: CircuitState[state] })
    log.warn({ service, url: url.origin, state: CircuitState[state] }, 'the breaker of a replica changed')
  })
  let ejectedUntilMs = 0

  return {
    url,
    isAnswering: () => breaker.state !== CircuitState.Open && performance.now() >= ejectedUntilMs,
    request: (options) => breaker.execute(() => measured(service, () => pool.request(options))),
    eject: () => void (ejectedUntilMs = performance.now() + EJECTION_MS),
    close: () => pool.close(),
  }
}

/** A service that sheds load says so and is alive: cutting it off would turn twice its load into none. */
function isGatewayFailure(answer: unknown): boolean {
  if (typeof answer !== 'object' || answer === null || !('statusCode' in answer)) return false
  const isShed = 'headers' in answer && typeof answer.headers === 'object' && answer.headers !== null && SHED_HEADER in answer.headers
  return !isShed && [502, 503, 504].includes(Number(answer.statusCode))
}

async function measured(service: string, call: () => Promise<Dispatcher.ResponseData>): Promise<Dispatcher.ResponseData> {
  const stop = dependencyDuration.startTimer({ dependency: service })
  try {
    const answer = await call()
    stop({ outcome: String(answer.statusCode) })
    return answer
  } catch (error) {
    stop({ outcome: 'error' })
    throw error
  }
}
