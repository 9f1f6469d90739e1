import { AppError } from '../errors.ts'

const CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ESOCKET',
  'ECONNECTION',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'UND_ERR_SOCKET',
])

/**
 * Whether the dependency itself failed: no connection, no answer in time, HTTP 5xx. An answer that refuses this one
 * call (4xx, an unknown recipient) shows that it works. Looks at `code`, `status`, `statusCode` and the cause.
 */
export function isInfrastructureFailure(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if (error instanceof AppError) return error.status >= 500
  if (error.name === 'TimeoutError') return true
  if ('code' in error && typeof error.code === 'string' && CODES.has(error.code)) return true
  if ('status' in error && typeof error.status === 'number') return error.status >= 500
  if ('statusCode' in error && typeof error.statusCode === 'number') return error.statusCode >= 500
  return error.cause !== undefined && error.cause !== error && isInfrastructureFailure(error.cause)
}
