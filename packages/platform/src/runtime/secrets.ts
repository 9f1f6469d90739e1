import { hkdfSync } from 'node:crypto'

/**
 * Derives a 32-byte key for one purpose from the installation's master secret (HKDF-SHA-256, RFC 5869), so that
 * no two uses share a key. Same secret and purpose, same key: in every process and after every restart.
 */
export function deriveKey(masterSecret: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', masterSecret, 'ai-crm', purpose, 32))
}
