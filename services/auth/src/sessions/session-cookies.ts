import type { HttpExchange } from '@ai-crm/platform'
import { secondsBetween } from './session.ts'

const REFRESH = 'refresh'
const DEVICE = 'device'
/** The longest that browsers keep a cookie. */
const DEVICE_SECONDS = 400 * 86_400

export function readSessionCookies({ cookies }: HttpExchange): { refreshToken: string | null; device: string | null } {
  return { refreshToken: cookies[REFRESH] || null, device: cookies[DEVICE] || null }
}

export function rememberSession(http: HttpExchange, refreshToken: string, expiresAt: Date): void {
  http.setCookie(REFRESH, refreshToken, secondsBetween(new Date(), expiresAt))
}

export function rememberDevice(http: HttpExchange, device: string): void {
  http.setCookie(DEVICE, device, DEVICE_SECONDS)
}

/** The device stays known: signing in again is the same device. */
export function forgetSession(http: HttpExchange): void {
  http.setCookie(REFRESH, '', 0)
}
