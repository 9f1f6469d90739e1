import { Readable } from 'node:stream'
import SMTPConnection from 'nodemailer/lib/smtp-connection'
import type { Relay } from './relay.ts'
import { outcomeOfError, type SendOutcome } from './send-outcome.ts'

export interface OutgoingMail {
  envelopeFrom: string
  to: string
  /** The frozen RFC 5322 source. */
  source: Uint8Array
}
export interface SendLimits {
  /** Of the whole transaction. */
  timeoutMs: number
  /** Aborts what is not past the final dot; after it the answer is waited for. */
  signal: AbortSignal
}

const CONNECT_TIMEOUT_MS = 10_000
const CHUNK_BYTES = 16 * 1024

/** One SMTP transaction. Never rejects. nodemailer disables Nagle's algorithm on its sockets itself. */
export function sendMail(relay: Relay, mail: OutgoingMail, { timeoutMs, signal }: SendLimits): Promise<SendOutcome> {
  return new Promise((resolve) => {
    const body = new TrackedBody(mail.source)
    const connection = new SMTPConnection({
      host: relay.host,
      port: relay.port,
      secure: relay.tls === 'implicit',
      requireTLS: relay.tls === 'required',
      ignoreTLS: relay.tls === 'none',
      name: mail.envelopeFrom.split('@')[1] ?? 'localhost',
      connectionTimeout: CONNECT_TIMEOUT_MS,
      greetingTimeout: CONNECT_TIMEOUT_MS,
      dnsTimeout: CONNECT_TIMEOUT_MS,
      socketTimeout: timeoutMs,
    })
    const settle = (outcome: SendOutcome): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', onAbort)
      connection.close()
      resolve(outcome)
    }
    const fail = (error: Error): void => settle(outcomeOfError(error, body.mayHaveDotLeft))
    const onAbort = (): void => {
      if (!body.mayHaveDotLeft) settle({ kind: 'interrupted', reason: 'Stopped before the message left' })
    }
    const timer = setTimeout(() => fail(new Error(`No answer within ${timeoutMs} ms`)), timeoutMs)
    signal.addEventListener('abort', onAbort)
    if (signal.aborted) return onAbort()

    connection.on('error', fail)
    const send = (error?: Error | null): void => {
      if (error) return fail(error)
      connection.send({ from: mail.envelopeFrom, to: [mail.to], size: mail.source.byteLength }, body.stream(), (sendError, info) =>
        sendError ? fail(sendError) : settle({ kind: 'sent', response: info.response.slice(0, 500) }),
      )
    }
    connection.connect((error) => {
      if (error) return fail(error)
      if (!relay.credentials) return send()
      connection.login({ user: relay.credentials.user, pass: relay.credentials.password }, send)
    })
  })
}

/**
 * The source as a stream that knows how far it was read. nodemailer sends the final dot when the stream ends: as long
 * as the last piece was not followed by the end, the dot has certainly not left.
 */
class TrackedBody {
  readonly #source: Buffer
  mayHaveDotLeft = false

  constructor(source: Uint8Array) {
    this.#source = Buffer.from(source.buffer, source.byteOffset, source.byteLength)
  }

  stream(): Readable {
    return Readable.from(this.#pieces(), { objectMode: false, highWaterMark: CHUNK_BYTES })
  }

  *#pieces(): Generator<Buffer> {
    for (let at = 0; at < this.#source.length; at += CHUNK_BYTES) yield this.#source.subarray(at, at + CHUNK_BYTES)
    this.mayHaveDotLeft = true
  }
}
