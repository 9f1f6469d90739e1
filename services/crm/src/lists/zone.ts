import { LRUCache } from 'lru-cache'
import { unknownZone } from './errors.ts'

// Every list asks for the zone of its reader; making the format costs as much as reading a contact.
const known = new LRUCache<string, string>({ max: 500 })

/** A zone that PostgreSQL knows as well; offsets mean the opposite there (POSIX), so only names are taken. Throws `unknownZone` (400). */
export function checkZone(zone = 'UTC'): string {
  const name = known.get(zone) ?? canonicalZone(zone)
  known.set(zone, name)
  return name
}

function canonicalZone(zone: string): string {
  if (!/^[A-Za-z][A-Za-z0-9_+/-]*$/.test(zone)) throw unknownZone()
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone
  } catch {
    throw unknownZone()
  }
}
