import ipaddr from 'ipaddr.js'
import { isIP } from 'node:net'

/** Azure's host agent answers on this address with credentials of the machine; it lies in a public range. */
const METADATA_IN_PUBLIC_RANGE = '168.63.129.16'
/** All that is assigned for the open internet (RFC 4291, IANA). What lies outside embeds IPv4, or is nobody's. */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3')

/**
 * Whether an IP address, as a socket or a resolver says it, is on the open internet. Deny by default: loopback,
 * private, link-local, carrier-grade NAT, multicast, reserved and documentation ranges are not, and neither are the
 * IPv6 forms that carry an IPv4 address inside (mapped, compatible, NAT64, 6to4, Teredo).
 */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 0 || address === METADATA_IN_PUBLIC_RANGE) return false
  const parsed = ipaddr.parse(address)
  if (parsed.range() !== 'unicast') return false
  return !(parsed instanceof ipaddr.IPv6) || parsed.match(GLOBAL_UNICAST)
}
