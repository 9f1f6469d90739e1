import { isIPv4, isIPv6 } from 'node:net'

/**
 * What counts as one client: an IPv4 address, or the /64 of an IPv6 address, for everybody has 2^64 of those
 * (RFC 6177). In PostgreSQL's notation of networks.
 */
export function clientNetwork(clientAddress: string): string {
  const address = clientAddress.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '')
  if (isIPv4(address)) return `${address}/32`
  if (isIPv6(address)) return `${address}/64`
  return '0.0.0.0/32'
}
