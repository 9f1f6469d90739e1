import { isTimeZone, type FlowQuery } from '@ai-crm/contracts'
import { defineError } from '@ai-crm/platform'
import { sql } from 'kysely'
import type { Db } from '../ctx.ts'

export const windowUnsound = defineError(
  'pipeline.flow.window_unsound',
  400,
  (field: 'from' | 'to' | 'zone', message: string) => `${field}: ${message}`,
  (field, message) => ({ fields: [{ field: `query/${field}`, message }] }),
)

export interface Window {
  readonly from: Date
  readonly to: Date
}

const MOST_DAYS = 3_660
const DAY_MS = 86_400_000

/** From the first instant of one day to that of another, in the zone: 23 or 25 hours of a day belong to it. Throws `windowUnsound` (400). */
export async function windowOf(db: Db, { from, to, zone }: FlowQuery): Promise<Window> {
  const days = (Date.parse(to) - Date.parse(from)) / DAY_MS
  if (days < 1) throw windowUnsound('to', 'A window has a day at least: its last day does not belong to it.')
  if (days > MOST_DAYS) throw windowUnsound('from', 'A window has ten years at most.')
  requireZone(zone)
  const { rows } = await sql<Window>`select ${from}::timestamp at time zone ${zone} as "from", ${to}::timestamp at time zone ${zone} as "to"`.execute(db)
  const [window] = rows
  if (!window) throw new Error('A select without a table has no row.')
  return window
}

/** Offsets mean the opposite in PostgreSQL (POSIX), so only names are taken. */
export function requireZone(zone: string): void {
  if (!isTimeZone(zone)) throw windowUnsound('zone', 'A name of the IANA database, such as Europe/Moscow')
}
