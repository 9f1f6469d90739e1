import { createHmac } from 'node:crypto'
import { secretBytes } from '../subscriptions/secret.ts'

/** The headers of Standard Webhooks 1.0: every secret that is valid signs, so that receivers change over when they like. */
export function signatureHeaders(messageId: string, payload: string, secrets: readonly string[], now: Date): Record<string, string> {
  const timestamp = String(Math.floor(now.getTime() / 1000))
  const signatures = secrets.map((secret) => `v1,${createHmac('sha256', secretBytes(secret)).update(`${messageId}.${timestamp}.${payload}`).digest('base64')}`)
  return { 'webhook-id': messageId, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') }
}
