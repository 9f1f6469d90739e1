import { isIP } from 'node:net'
import { buildConnector } from 'undici'
import { notPublic } from './egress-target.ts'

export interface PinnedAddresses {
  readonly addresses: readonly string[]
  /** Asked again of the address that the socket says it is connected to. */
  isWelcome(address: string): boolean
  readonly connectTimeoutMs: number
}

/**
 * Connects to the addresses that were checked and to no others: the name is not resolved again, so that a name whose
 * next answer differs (DNS rebinding) gains nothing. The certificate is still checked against the name.
 */
export function pinnedConnector({ addresses, isWelcome, connectTimeoutMs }: PinnedAddresses): buildConnector.connector {
  const pinned = addresses.map((address) => ({ address, family: isIP(address) }))
  const connect = buildConnector({
    timeout: connectTimeoutMs,
    allowH2: false,
    lookup: (_name, options, callback) => {
      const [first] = pinned
      if (!first) callback(notPublic(), '')
      else if (options.all) callback(null, [...pinned])
      else callback(null, first.address, first.family)
    },
  })
  return (options, callback) =>
    connect(options, (...[error, socket]) => {
      if (error) return callback(error, null)
      if (socket.remoteAddress !== undefined && isWelcome(unmapped(socket.remoteAddress))) return callback(null, socket)
      socket.destroy()
      callback(notPublic(), null)
    })
}

/** A dual-stack socket shows an IPv4 peer as ::ffff:192.0.2.1. */
const unmapped = (address: string): string => address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '')
