import type { HeaderLines } from 'mailparser'
import { headerValues } from './header-lines.ts'

/** Headers whose mere presence says that a machine wrote (C11). */
const TELLING_HEADERS = ['x-autoreply', 'x-autorespond', 'x-autoresponder', 'list-id'] as const

/**
 * C11, RFC 3834: whether a machine wrote this. Such mail is never answered automatically. Subjects are weak
 * evidence and are not asked.
 */
export function isAutoReply(lines: HeaderLines, envelopeFrom: string): boolean {
  const first = (name: string): string => headerValues(lines, name)[0]?.toLowerCase() ?? ''
  const autoSubmitted = first('auto-submitted')
    .replace(/[;(].*/s, '')
    .trim()
  if (autoSubmitted !== '' && autoSubmitted !== 'no') return true
  // Exchange writes it on everything a machine sends; "none" asks for nothing to be suppressed.
  const suppress = first('x-auto-response-suppress')
  if (suppress !== '' && suppress !== 'none') return true
  if (/^(auto_reply|bulk|junk)\b/.test(first('precedence'))) return true
  if (first('x-apple-action') === 'vacation') return true
  if (TELLING_HEADERS.some((name) => headerValues(lines, name).length > 0)) return true
  return envelopeFrom === '' || headerValues(lines, 'return-path').some((path) => path.replace(/\s/g, '') === '<>')
}

/** RFC 3464: multipart/report; report-type=delivery-status. */
export function isDeliveryReport(lines: HeaderLines): boolean {
  const type = headerValues(lines, 'content-type')[0]?.toLowerCase() ?? ''
  return type.startsWith('multipart/report') && type.includes('delivery-status')
}
