import { hkdfSync } from 'node:crypto'
import { LRUCache } from 'lru-cache'

/** The installation's master secret, and while it is exchanged a second one that opens and verifies but seals and signs nothing. */
export interface MasterSecrets {
  readonly masterSecret: string
  readonly otherMasterSecret?: string | undefined
}

// Signing one cursor would cost more in deriving its key than in signing.
const derived = new LRUCache<string, Buffer>({ max: 200 })

/**
 * Derives a 32-byte key for one purpose from the installation's master secret (HKDF-SHA-256, RFC 5869), so that
 * no two uses share a key. Same secret and purpose, same key: in every process and after every restart.
 */
export function deriveKey(masterSecret: string, purpose: string): Buffer {
  const name = `${purpose}\0${masterSecret}`
  const known = derived.get(name)
  if (known) return known
  const key = Buffer.from(hkdfSync('sha256', masterSecret, 'ai-crm', purpose, 32))
  derived.set(name, key)
  return key
}

/** The keys under which something of this purpose may have been sealed or signed: first the one that seals and signs now. */
export function deriveKeys({ masterSecret, otherMasterSecret }: MasterSecrets, purpose: string): readonly Buffer[] {
  return [masterSecret, otherMasterSecret].flatMap((secret) => (secret === undefined ? [] : [deriveKey(secret, purpose)]))
}
