import { unknownZone } from './errors.ts'

/** A zone that PostgreSQL knows as well; offsets mean the opposite there (POSIX), so only names are taken. Throws `unknownZone` (400). */
export function checkZone(zone = 'UTC'): string {
  if (!/^[A-Za-z][A-Za-z0-9_+/-]*$/.test(zone)) throw unknownZone()
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone
  } catch {
    throw unknownZone()
  }
}
