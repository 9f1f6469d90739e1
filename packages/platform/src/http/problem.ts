import { STATUS_CODES } from 'node:http'
import type { Problem } from '@ai-crm/contracts'
import type { FastifyReply } from 'fastify'
import { isDatabaseUnavailable } from '../db/errors.ts'
import { deadlineExceeded } from '../deadline.ts'
import { AppError } from '../errors.ts'
import { UNWELL_HEADER } from './overload/shed-header.ts'
import { temporarilyUnavailable } from './request-errors.ts'

/** RFC 9457 body of an error that is part of a contract. */
export function toProblem(error: AppError, requestId: string): Problem {
  return {
    type: `urn:ai-crm:problem:${error.code}`,
    title: STATUS_CODES[error.status] ?? 'Error',
    status: error.status,
    code: error.code,
    detail: error.message,
    requestId,
    ...(error.fields.length > 0 ? { errors: error.fields.map(({ field, message }) => ({ field, message })) } : {}),
    ...(Object.keys(error.context).length > 0 ? { context: { ...error.context } } : {}),
  }
}

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8'

/** Sends the error with the headers that its status asks for. */
export function sendProblem(reply: FastifyReply, error: AppError): FastifyReply {
  if (error.status === 401) reply.header('www-authenticate', 'Bearer')
  if (error.retryAfterSeconds !== null) reply.header('retry-after', String(error.retryAfterSeconds))
  if (isDatabaseUnavailable(error)) reply.header(UNWELL_HEADER, '1')
  const { allowed } = error.context
  if (error.status === 405 && Array.isArray(allowed)) reply.header('allow', allowed.join(', '))
  return reply
    .code(error.status)
    .type(PROBLEM_TYPE)
    .send(JSON.stringify(toProblem(error, reply.request.id)))
}

/** Whatever was thrown, as an error that may be shown: nothing internal survives. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error
  const code = codeOf(error)
  if (code !== null && TRANSIENT_SQL_STATES.has(code)) return temporarilyUnavailable()
  if (code === QUERY_CANCELED || isAbort(error)) return deadlineExceeded()
  return frameworkError(error) ?? new AppError('platform.internal', 500, 'Something went wrong on our side. It was recorded under this request id.')
}

/** serialization_failure, deadlock_detected, lock_not_available, too_many_connections, shutdowns, connection failures. */
const TRANSIENT_SQL_STATES: ReadonlySet<string> = new Set([
  '40001',
  '40P01',
  '55P03',
  '53300',
  '57P01',
  '57P02',
  '57P03',
  '08000',
  '08003',
  '08006',
  'ECONNREFUSED',
  'ECONNRESET',
])
/** statement_timeout of the role. */
const QUERY_CANCELED = '57014'

function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null
}

const isAbort = (error: unknown): boolean => error instanceof Error && (error.name === 'AbortError' || error.name === 'TimeoutError')

/** Fastify's own refusals carry a status; their words are replaced where they could quote internals. */
function frameworkError(error: unknown): AppError | null {
  if (!(error instanceof Error) || !('statusCode' in error) || typeof error.statusCode !== 'number') return null
  if (error.statusCode < 400 || error.statusCode > 499) return null
  const known = FRAMEWORK_REFUSALS[error.statusCode]
  return known
    ? new AppError(known.code, error.statusCode, known.message)
    : new AppError('platform.request.refused', error.statusCode, 'The request was refused.')
}

const FRAMEWORK_REFUSALS: Readonly<Record<number, { code: string; message: string }>> = {
  400: { code: 'platform.request.invalid', message: 'The request could not be understood.' },
  413: { code: 'platform.request.too_large', message: 'The body is larger than this endpoint accepts.' },
  414: { code: 'platform.request.uri_too_long', message: 'The address is too long.' },
  415: { code: 'platform.request.media_type', message: 'Send the body as application/json in UTF-8.' },
}
