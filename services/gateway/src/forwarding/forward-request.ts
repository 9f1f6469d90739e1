import type { Endpoint } from '@ai-crm/contracts'
import { BrokenCircuitError } from 'cockatiel'
import type { Dispatcher } from 'undici'
import { serviceAway, serviceBroke, serviceSlow } from '../errors.ts'
import type { Target } from './target.ts'
import type { Upstreams } from './upstreams.ts'

/** One retry, here and nowhere else on the way, within a budget (reliability 1.8). */
const MAX_ATTEMPTS = 2

/**
 * Asks a replica of the endpoint's service. Another attempt is made when nothing can have happened (no connection),
 * or when a repeat is harmless by contract; else the caller learns that the outcome is not known.
 */
export async function forwardRequest(endpoint: Endpoint, upstreams: Upstreams, options: Dispatcher.RequestOptions): Promise<Dispatcher.ResponseData> {
  const targets = upstreams.candidates(endpoint.service)
  const retries = upstreams.retries(endpoint.service)
  retries.earn()
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
    const target = targets[(attempt - 1) % targets.length]
    if (!target) break
    const outcome = await ask(target, options)
    if ('answer' in outcome) return outcome.answer
    if (outcome.failure === 'late') throw serviceSlow(endpoint.service)
    const mayRepeat = attempt < MAX_ATTEMPTS && (outcome.failure === 'away' || endpoint.idempotency !== 'exempt') && retries.spend()
    if (!mayRepeat) throw outcome.failure === 'broken' ? serviceBroke(endpoint.service) : serviceAway(endpoint.service)
  }
  throw serviceAway(endpoint.service)
}

/** `away`: the request never left. `broken`: it left, and the connection ended before an answer. `late`: no answer in time. */
type Outcome = { answer: Dispatcher.ResponseData } | { failure: 'away' | 'broken' | 'late' }

async function ask(target: Target, options: Dispatcher.RequestOptions): Promise<Outcome> {
  try {
    return { answer: await target.request(options) }
  } catch (error) {
    const failure = failureOf(error)
    if (failure === 'away') target.eject()
    return { failure }
  }
}

const NEVER_LEFT: ReadonlySet<string> = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT'])
const TOO_LATE: ReadonlySet<string> = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT'])

function failureOf(error: unknown): 'away' | 'broken' | 'late' {
  if (error instanceof BrokenCircuitError) return 'away'
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (NEVER_LEFT.has(code)) return 'away'
  return TOO_LATE.has(code) ? 'late' : 'broken'
}
