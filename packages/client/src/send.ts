import type { CrmClientOptions } from './client-options.ts'

/** The version of the API that this client speaks: a server of another one says so instead of guessing. */
const API_VERSION = '1'
const CURABLE: ReadonlySet<number> = new Set([429, 502, 503, 504])
const FIRST_WAIT_MS = 200
/** Who is told to wait longer than this is told so at once. */
const MAX_WAIT_MS = 30_000
const REPEATS_PER_CALL = 0.1
const MAX_SAVED_REPEATS = 10

type Send = (request: Request) => Promise<Response>

/** Sends a request with token and Idempotency-Key, and repeats it where that is harmless and may help. */
export function createSender(options: CrmClientOptions): Send {
  const attempts = options.attempts ?? 3
  const authorised = createAuthorised(options)
  let saved = MAX_SAVED_REPEATS
  return async (original) => {
    saved = Math.min(MAX_SAVED_REPEATS, saved + REPEATS_PER_CALL)
    const request = prepared(original)
    for (let attempt = 1; ; attempt++) {
      const outcome = await authorised(request).catch((error: unknown) => ({ error }))
      const waitMs = attempt < attempts && saved >= 1 && !request.signal.aborted ? await waitBefore(outcome, attempt) : null
      if (waitMs === null) {
        if ('error' in outcome) throw outcome.error
        return outcome
      }
      saved--
      await new Promise((resolve) => setTimeout(resolve, waitMs))
    }
  }
}

/** The same key for every attempt: the effect happens once. */
function prepared(original: Request): Request {
  const request = new Request(original)
  request.headers.set('api-version', API_VERSION)
  const isCreating = request.method === 'POST' || request.method === 'PATCH'
  if (isCreating && !request.headers.has('idempotency-key')) request.headers.set('idempotency-key', crypto.randomUUID())
  return request
}

/** Milliseconds to wait before a repeat; null where none would help. */
async function waitBefore(outcome: Response | { error: unknown }, attempt: number): Promise<number | null> {
  const jitterMs = Math.random() * FIRST_WAIT_MS * 2 ** attempt
  if ('error' in outcome) return outcome.error instanceof TypeError ? jitterMs : null
  if (!CURABLE.has(outcome.status) && !(await isStillRunning(outcome))) return null
  const askedMs = Number(outcome.headers.get('retry-after') ?? Number.NaN) * 1000
  if (askedMs > MAX_WAIT_MS) return null
  return Number.isFinite(askedMs) ? askedMs + jitterMs : jitterMs
}

/** An earlier copy of the request, whose answer was lost on the way, has not ended yet. */
async function isStillRunning(response: Response): Promise<boolean> {
  return response.status === 409 && (await response.clone().text()).includes('"platform.idempotency.in_flight"')
}

function createAuthorised({ token, onUnauthorized, fetch = globalThis.fetch }: CrmClientOptions): Send {
  let renewing: Promise<boolean> | null = null
  const renew = (): Promise<boolean> => {
    renewing ??= (onUnauthorized?.() ?? Promise.resolve(false)).finally(() => (renewing = null))
    return renewing
  }
  const attempt = async (request: Request): Promise<Response> => {
    const copy = request.clone()
    const newest = typeof token === 'function' ? await token() : token
    if (newest) copy.headers.set('authorization', `Bearer ${newest}`)
    return fetch(copy)
  }
  return async (request) => {
    const first = await attempt(request)
    return first.status === 401 && onUnauthorized && (await renew()) ? attempt(request) : first
  }
}
