import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { AppError } from '../errors.ts'
import { PROBLEM_TYPE, toProblem } from './problem.ts'

/** What the HTTP parser of Node refuses, before there is a request: by its error code. */
const REFUSALS: Readonly<Record<string, { status: number; code: string; message: string }>> = {
  HPE_HEADER_OVERFLOW: { status: 431, code: 'platform.request.headers_too_large', message: 'The headers are larger than 16 KiB.' },
  ERR_HTTP_REQUEST_TIMEOUT: { status: 408, code: 'platform.request.too_slow', message: 'The request did not arrive in time.' },
}
const MALFORMED = { status: 400, code: 'platform.request.malformed', message: 'This is no valid HTTP request.' }

/** Answers a connection that sent no readable request, and ends it: nothing after it can be trusted (B14). */
export function refuseConnection(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
  const { status, code, message } = REFUSALS[error.code ?? ''] ?? MALFORMED
  const body = JSON.stringify(toProblem(new AppError(code, status, message), crypto.randomUUID()))
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    `Content-Type: ${PROBLEM_TYPE}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
}
