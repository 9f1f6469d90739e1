/** How one SMTP transaction ended. Only `unknown` leaves open whether the mail was delivered (RFC 1047). */
export type SendOutcome =
  | { kind: 'sent'; response: string }
  /** Certainly not delivered; worth another attempt (C7). `isRelayFault`: the relay could not be reached or used. */
  | { kind: 'deferred'; reason: string; isRelayFault: boolean }
  /** We stopped before the message left (a restart): nobody's fault, at once again. */
  | { kind: 'interrupted'; reason: string }
  /** Certainly not delivered, and another attempt would be answered alike. */
  | { kind: 'refused'; reason: string }
  /** The relay refuses our account: every message would be answered alike. */
  | { kind: 'locked-out'; reason: string }
  | { kind: 'unknown'; reason: string }

/** What nodemailer's errors carry. */
export interface SmtpError {
  message: string
  code?: string | undefined
  responseCode?: number | undefined
}

/** RFC 4954 section 6. */
const AUTH_CODES = new Set([530, 534, 535, 538])
const NO_TLS = 'No secure connection to the relay could be made, and nothing was sent without one.'
/** Before the first word about the message, whatever code the server gives: the relay's fault, not the message's. */
const isTlsFailure = ({ code, message }: SmtpError): boolean =>
  code === 'ETLS' || (code === 'ESOCKET' && /certificate|self-signed|altnames|tls|ssl/i.test(message))

/** Found wrong before anything was sent: our own message or recipient. */
const OUR_FAULT = new Set(['EENVELOPE', 'EMESSAGE'])

/**
 * C7: an answer of the server is certain whenever it comes. Without one everything depends on whether the final dot
 * may have left: before it nothing is delivered, after it nobody knows.
 */
export function outcomeOfError(error: SmtpError, mayHaveDotLeft: boolean): SendOutcome {
  if (isTlsFailure(error)) return { kind: 'deferred', reason: `${NO_TLS} ${error.message}`.replace(/\s+/g, ' ').slice(0, 500), isRelayFault: true }
  const reason = error.message.replace(/\s+/g, ' ').slice(0, 500)
  const { responseCode } = error
  if (responseCode && AUTH_CODES.has(responseCode)) return { kind: 'locked-out', reason }
  if (responseCode && responseCode >= 500) return { kind: 'refused', reason }
  if (responseCode && responseCode >= 400) return { kind: 'deferred', reason, isRelayFault: responseCode === 421 }
  if (mayHaveDotLeft) return { kind: 'unknown', reason: `The answer to the message was lost: ${reason}` }
  if (error.code === 'EAUTH') return { kind: 'locked-out', reason }
  if (error.code && OUR_FAULT.has(error.code)) return { kind: 'refused', reason }
  return { kind: 'deferred', reason, isRelayFault: true }
}
