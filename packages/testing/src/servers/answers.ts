import { connect } from 'node:net'

const PROBE_TIMEOUT_MS = 1_000

/** Whether a server at the address answers `request` with bytes that contain `expected`. Never rejects. */
export function answers(address: { host: string; port: number }, request: string, expected: string): Promise<boolean> {
  return new Promise((resolve) => {
    let received = ''
    const socket = connect(address, () => socket.write(request, 'latin1'))
    const finish = (isExpected: boolean) => {
      socket.destroy()
      resolve(isExpected)
    }
    socket.setEncoding('latin1').setTimeout(PROBE_TIMEOUT_MS, () => finish(false))
    socket.on('data', (chunk) => {
      received += String(chunk)
      if (received.includes(expected)) finish(true)
    })
    socket.on('error', () => finish(false))
    socket.on('end', () => finish(false))
  })
}

/** Redis answers PING, or asks for a password: both are Redis. */
export const redisAnswers = async (address: { host: string; port: number }): Promise<boolean> =>
  (await answers(address, 'PING\r\n', '+PONG')) || (await answers(address, 'PING\r\n', 'NOAUTH'))

/** AMQP 0-9-1: the protocol header is answered by connection.start, which names the product. */
export const rabbitAnswers = (address: { host: string; port: number }): Promise<boolean> => answers(address, 'AMQP\0\0\x09\x01', 'RabbitMQ')

/** A startup message is answered by a request for authentication, but not before recovery is done. */
export const postgresAnswers = (address: { host: string; port: number }): Promise<boolean> =>
  answers(address, '\0\0\0\x17\0\x03\0\0user\0postgres\0\0', 'R\0\0\0')
