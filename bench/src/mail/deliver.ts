import { connect, type Socket } from 'node:net'
import { createTransport } from 'nodemailer'
import type SMTPPool from 'nodemailer/lib/smtp-pool/index.js'

/** A mail server that delivers over a few open connections, as the big ones do. */
export function createSender(port: number, connections: number) {
  const options: SMTPPool.Options = {
    pool: true,
    host: '127.0.0.1',
    port,
    secure: false,
    ignoreTLS: true,
    maxConnections: connections,
    maxMessages: Number.POSITIVE_INFINITY,
    // Nagle's algorithm would measure itself: 40 ms for each short command.
    getSocket: (_options, done) => {
      const socket: Socket = connect({ port, host: '127.0.0.1', noDelay: true })
      socket.once('connect', () => done(null, { connection: socket }))
      socket.once('error', (error) => done(error, {}))
    },
  }
  return createTransport(options)
}

/** One mail from a new customer; the number makes it unique. Message-ID is what it is found by afterwards. */
export const mail = (number: number, to: string) => ({
  from: `Customer ${number} <customer-${number}@example.org>`,
  to,
  subject: `Question ${number}`,
  text: `Hello,\n\nplease tell me the price of plan ${number}.\n\nCustomer ${number}\n`,
  messageId: `<bench.${number}@example.org>`,
})
