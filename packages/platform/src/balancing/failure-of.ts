/**
 * `away`: the request never left. `broken`: it left, and the connection ended before an answer. `late`: no answer in
 * time. `abandoned`: whoever asked gave up.
 */
export type Failure = 'away' | 'broken' | 'late' | 'abandoned'

const NEVER_LEFT: ReadonlySet<string> = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT'])
const TOO_LATE: ReadonlySet<string> = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT'])

/** What became of a request, by the error of undici or of the system. */
export function failureOf(error: unknown): Failure {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (NEVER_LEFT.has(code)) return 'away'
  if (TOO_LATE.has(code)) return 'late'
  return error instanceof Error && (error.name === 'AbortError' || error.name === 'TimeoutError') ? 'abandoned' : 'broken'
}
