import type { IncomingMessage } from 'node:http'
import ipaddr from 'ipaddr.js'
import { LRUCache } from 'lru-cache'

const counted = new LRUCache<string, string>({ max: 1_000 })
/** IPv6 with an IPv4 address at its end. */
const MAX_ADDRESS_LENGTH = 45

/**
 * The address from which a client is counted, of what a trusted hop names: IPv4 as it is (also when it is mapped into
 * IPv6), IPv6 by its /64, because whoever has one address of it has all. What is no address counts as `unknown`.
 */
export function countedAddress(address: string): string {
  if (address.length > MAX_ADDRESS_LENGTH) return readAddress(address)
  const known = counted.get(address) ?? readAddress(address)
  counted.set(address, known)
  return known
}

function readAddress(address: string): string {
  if (!ipaddr.isValid(address)) return 'unknown'
  const parsed = ipaddr.process(address)
  return parsed instanceof ipaddr.IPv6 ? `${ipaddr.IPv6.networkAddressFromCIDR(`${parsed.toNormalizedString()}/64`).toString()}/64` : parsed.toString()
}

/** The client of a request outside of Fastify (an upgrade): the last of X-Forwarded-For that a trusted hop has written. */
export function clientAddressOf(request: IncomingMessage, trustedHops: number): string {
  const forwarded = String(request.headers['x-forwarded-for'] ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
  const addresses = [request.socket.remoteAddress ?? '', ...forwarded.toReversed()]
  return addresses[Math.min(trustedHops, addresses.length - 1)] ?? ''
}
