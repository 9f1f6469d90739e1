import { z } from 'zod'

const Organization = z.uuid()

/**
 * The only builder of keys of caches, limits and locks: the organisation is always part of it, so that one
 * organisation never reads what another one cached (contract 6). `global` is for what belongs to nobody yet
 * (an address at the door, a login name).
 * Parts are escaped: `('a:b', 'c')` and `('a', 'b:c')` are different keys.
 */
export function cacheKey(organizationId: string, ...parts: readonly [string, ...string[]]): string {
  const scope = organizationId === 'global' ? 'global' : `org:${Organization.parse(organizationId)}`
  return ['ai-crm', scope, ...parts.map(encodeURIComponent)].join(':')
}
