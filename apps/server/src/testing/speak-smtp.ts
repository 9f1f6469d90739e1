import { connect } from 'node:net'

interface Spoken {
  readonly from: string
  readonly to: string
  readonly messageId: string
  /** From its first header on; a short question unless told. */
  readonly message?: string
}

/** A customer's message by SMTP, one line at a time. Resolves when the server has said 250 and goodbye. */
export function speakSmtp(port: number, { from, to, messageId, message }: Spoken): Promise<void> {
  const text = message ?? `From: Anna <${from}>\r\nSubject: Price\r\nMessage-ID: ${messageId}\r\n\r\nWhat does it cost?`
  const lines = ['EHLO fuzz', `MAIL FROM:<${from}>`, `RCPT TO:<${to}>`, 'DATA', `${text}\r\n.`, 'QUIT']
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    socket.on('data', (chunk) => {
      if (/^[45]/.test(String(chunk))) reject(new Error(String(chunk)))
      // The last line of an answer has a space after its code (RFC 5321 4.2.1).
      if (/^\d{3} .*\r\n$/m.test(String(chunk))) socket.write(`${lines.shift() ?? ''}\r\n`)
    })
    socket.on('error', reject)
    socket.on('close', () => (lines.length === 0 ? resolve() : reject(new Error('The server hung up.'))))
  })
}
