import type { Ctx } from '../ctx.ts'

/** Where replies are handed over, and with which account. */
export interface Relay {
  host: string
  port: number
  /** TLS from the first byte; else STARTTLS when the server offers it. */
  isSecure: boolean
  credentials: { user: string; password: string } | null
}

/** The relay of SMTP_RELAY_URL, or null while none is configured. */
export function relayOf({ SMTP_RELAY_URL: given }: Ctx['config']): Relay | null {
  if (!given) return null
  const url = new URL(given)
  const isSecure = url.protocol === 'smtps:'
  return {
    host: url.hostname,
    port: url.port === '' ? (isSecure ? 465 : 587) : Number(url.port),
    isSecure,
    credentials: url.username === '' ? null : { user: decodeURIComponent(url.username), password: decodeURIComponent(url.password) },
  }
}
