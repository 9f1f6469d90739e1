import { Secret, TOTP } from 'otpauth'

/** RFC 6238 as every authenticator app takes it: SHA-1, six digits, 30 s. */
const SECRET_BYTES = 20
const PERIOD_SECONDS = 30
/** Clocks of phones are a little off: the step before and after count too. */
const WINDOW = 1

const totpOf = (secret: Uint8Array, label: string): TOTP =>
  new TOTP({ issuer: 'AI CRM', label, secret: new Secret({ buffer: Uint8Array.from(secret).buffer }), algorithm: 'SHA1', digits: 6, period: PERIOD_SECONDS })

export const newTotpSecret = (): Uint8Array => new Uint8Array(new Secret({ size: SECRET_BYTES }).buffer)

/** What the person puts into the app: base32 to type, and the Key URI for a QR code. `email` tells accounts apart there. */
export function enrolmentOf(secret: Uint8Array, email: string): { secret: string; uri: string } {
  const totp = totpOf(secret, email)
  return { secret: totp.secret.base32, uri: totp.toString() }
}

/** The time step whose code this is, or null: of now, the one before and the one after. */
export function stepOfCode(secret: Uint8Array, code: string, nowMs: number): number | null {
  const delta = totpOf(secret, '').validate({ token: code, timestamp: nowMs, window: WINDOW })
  return delta === null ? null : Math.floor(nowMs / 1000 / PERIOD_SECONDS) + delta
}
