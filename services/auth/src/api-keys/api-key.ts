import type { ApiKey } from '@ai-crm/contracts'
import { BlockList, isIP } from 'node:net'
import type { Selectable } from 'kysely'
import type { Tables } from '../tables.ts'

/**
 * States of a key: active → expired (by the clock) | revoked (by a person). In either it stays listed and is never accepted
 * again. An active key is refused while its maker is disabled or gone, and permits only what its maker may do now.
 */
export function toApiKey(row: Omit<Selectable<Tables['apiKey']>, 'organizationId'> & { createdByName: string | null }): ApiKey {
  return {
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    permissions: row.permissions,
    allowedNetworks: row.allowedNetworks,
    ratePerMinute: row.ratePerMinute,
    createdBy: { id: row.createdBy, name: row.createdByName },
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt?.toISOString() ?? null,
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    state: stateOf(row),
  }
}

export function stateOf({ revokedAt, expiresAt }: { revokedAt: Date | null; expiresAt: Date | null }): ApiKey['state'] {
  if (revokedAt !== null) return 'revoked'
  return expiresAt !== null && expiresAt.getTime() <= Date.now() ? 'expired' : 'active'
}

/** Whether the address lies in one of the networks; no networks: everywhere. */
export function isAllowedFrom(networks: readonly string[], clientAddress: string): boolean {
  if (networks.length === 0) return true
  const address = clientAddress.replace(/^::ffff:(?=\d+\.)/i, '')
  const list = new BlockList()
  for (const network of networks) {
    const [base = '', length] = network.split('/')
    const family = isIP(base) === 6 ? 'ipv6' : 'ipv4'
    list.addSubnet(base, length === undefined ? (family === 'ipv6' ? 128 : 32) : Number(length), family)
  }
  return isIP(address) !== 0 && list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
}
