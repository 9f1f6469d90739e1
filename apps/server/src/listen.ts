import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'

/** Listens, or throws an error that names the port, its variable and the way out. Answers the port that was taken. */
export async function listen(app: FastifyInstance, host: string, port: number): Promise<number> {
  try {
    await app.listen({ host, port })
  } catch (error) {
    throw portError(error, 'PORT', port)
  }
  const address = app.server.address()
  return isAddressInfo(address) ? address.port : port
}

const isAddressInfo = (address: string | AddressInfo | null): address is AddressInfo => typeof address === 'object' && address !== null

/** A taken or forbidden port in the words of the person who starts the program; other errors as they are. */
export function portError(error: unknown, variable: string, port: number): unknown {
  if (!(error instanceof Error && 'code' in error)) return error
  if (error.code === 'EADDRINUSE') return new Error(`Port ${port} (${variable}) is taken by another program. Choose another: ${variable}=${port + 1} npm start`)
  if (error.code === 'EACCES')
    return new Error(`Port ${port} (${variable}) may not be opened by this user. Choose one above 1023: ${variable}=${port + 8000} npm start`)
  return error
}
