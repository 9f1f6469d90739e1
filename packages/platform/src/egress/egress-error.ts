/**
 * Why nothing, or nothing whole, came back:
 *   url        no http(s) address of a kind that we call: scheme, credentials, port, length
 *   address    it leads to an address that is not on the open internet: nothing was connected
 *   name       the name does not resolve
 *   connect    no connection, or it broke
 *   tls        the certificate is not good
 *   timeout    not done within the total time
 *   too-large  the answer is longer than asked for
 *   redirect   one redirect too many, or one to where we do not follow
 *   protocol   the answer is no HTTP
 */
export type EgressFailure = 'url' | 'address' | 'name' | 'connect' | 'tls' | 'timeout' | 'too-large' | 'redirect' | 'protocol'

/** The message is for people who gave the address: it names no internal address and no stack. */
export class EgressError extends Error {
  readonly failure: EgressFailure
  constructor(failure: EgressFailure, message: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'EgressError'
    this.failure = failure
  }
}

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '')

/** What undici and the socket below it throw, in our words. */
export function toEgressError(error: unknown): EgressError {
  if (error instanceof EgressError) return error
  // undici wraps what the connector refused.
  if (error instanceof Error && error.cause instanceof EgressError) return error.cause
  const code = codeOf(error) || (error instanceof AggregateError ? codeOf(error.errors[0]) : '')
  if (code.startsWith('UND_ERR_') && code.endsWith('_TIMEOUT')) return new EgressError('timeout', 'It did not answer in time.', error)
  if (/^(?:CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|ERR_TLS|ERR_SSL|EPROTO|HOSTNAME_MISMATCH)/.test(code))
    return new EgressError('tls', `The secure connection failed (${code}).`, error)
  const isParserError = error instanceof Error && error.name === 'HTTPParserError'
  if (isParserError || code.startsWith('UND_ERR_HEADERS') || code === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH')
    return new EgressError('protocol', 'The answer is not HTTP.', error)
  return new EgressError('connect', code ? `The connection failed (${code}).` : 'The connection failed.', error)
}
