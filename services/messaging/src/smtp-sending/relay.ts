import type { Ctx } from '../ctx.ts'

/** Where replies are handed over, and with which account. */
export interface Relay {
  host: string
  port: number
  tls: RelayTls
  credentials: { user: string; password: string } | null
}

/**
 * `implicit`: TLS from the first byte. `required`: STARTTLS before anything is told. `if-offered`: STARTTLS where the
 * server has it. `none`: for servers inside this process. With TLS the certificate is checked; one that is not good
 * ends the attempt, it never goes on in the open.
 */
export type RelayTls = 'implicit' | 'required' | 'if-offered' | 'none'

/** The relay of SMTP_RELAY_URL, or null while none is configured. */
export function relayOf({ SMTP_RELAY_URL: given, SMTP_RELAY_TLS }: Pick<Ctx['config'], 'SMTP_RELAY_URL' | 'SMTP_RELAY_TLS'>): Relay | null {
  if (!given) return null
  const url = new URL(given)
  const isImplicit = url.protocol === 'smtps:'
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (isImplicit ? 465 : 587) : Number(url.port),
    tls: isImplicit ? 'implicit' : (SMTP_RELAY_TLS ?? (isThisMachine(url.hostname) ? 'if-offered' : 'required')),
    credentials: url.username === '' ? null : { user: decodeURIComponent(url.username), password: decodeURIComponent(url.password) },
  }
}

const isThisMachine = (host: string): boolean => host === 'localhost' || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(host)
