import { createHmac } from 'node:crypto'

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567'

/**
 * C3: `<base32(hmac(key))@domain>` without its brackets, fixed before the first attempt. The same key gives the same
 * id in every process; without the installation's secret nobody can guess the id of a message.
 */
export function rfcMessageIdFor(secret: Buffer, organizationId: string, idempotencyKey: string, domain: string): string {
  const digest = createHmac('sha256', secret).update(`${organizationId}:${idempotencyKey}`).digest()
  // RFC 4648 section 6 in lower case, 20 bytes without padding.
  const bits = [...digest.subarray(0, 20)].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  const letters = bits.match(/.{5}/g) ?? []
  return `${letters.map((five) => ALPHABET.charAt(Number.parseInt(five, 2))).join('')}@${domain}`
}
