import type { Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { refusedConnections } from '../telemetry/metrics.ts'
import { countedAddress } from './client-address.ts'

/**
 * Bounds how many connections one network address holds at once (B14): whoever opens more is cut off at once, and the
 * rest of the world has room. Only where clients connect directly: behind a proxy all connections are the proxy's.
 */
export function guardConnections(app: FastifyInstance, maxPerAddress: number): void {
  const open = new Map<string, number>()
  app.server.on('connection', (socket: Socket) => {
    const address = countedAddress(socket.remoteAddress ?? '')
    const count = (open.get(address) ?? 0) + 1
    if (count > maxPerAddress) {
      refusedConnections.inc()
      return void socket.destroy()
    }
    open.set(address, count)
    socket.once('close', () => {
      const left = (open.get(address) ?? 1) - 1
      if (left === 0) open.delete(address)
      else open.set(address, left)
    })
  })
}
