import type { Contact } from '@ai-crm/contracts'
import { sql, type Selectable } from 'kysely'
import type { Tables } from '../tables.ts'

/**
 * What is read of a contact wherever one is answered. Instants as text: a page of them goes out as it comes, without
 * becoming Dates on the way. '-infinity' is "no activity yet".
 */
export const CONTACT_COLUMNS = [
  'contact.id',
  'contact.name',
  'contact.email',
  'contact.phone',
  'contact.company',
  'contact.position',
  'contact.note',
  'contact.source',
  'contact.ownerId',
  'contact.version',
  sql<string>`cast(contact.created_at as text)`.as('createdAt'),
  sql<string>`cast(contact.updated_at as text)`.as('updatedAt'),
  sql<string | null>`cast(nullif(contact.last_activity_at, '-infinity') as text)`.as('lastActivityAt'),
] as const

type Columns = Selectable<Tables['contact']>
export type ContactRow = Pick<Columns, 'id' | 'name' | 'email' | 'phone' | 'company' | 'position' | 'note' | 'source' | 'ownerId' | 'version'> & {
  createdAt: string
  updatedAt: string
  lastActivityAt: string | null
}

export function toContact(row: ContactRow): Contact {
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    phone: row.phone,
    company: row.company,
    position: row.position,
    note: row.note,
    source: row.source,
    ownerId: row.ownerId,
    lastActivityAt: row.lastActivityAt === null ? null : toInstant(row.lastActivityAt),
    createdAt: toInstant(row.createdAt),
    updatedAt: toInstant(row.updatedAt),
    version: row.version,
  }
}

/** PostgreSQL's `2026-01-31 10:00:00.5+00` as ISO 8601 with milliseconds. Our roles speak UTC; other zones take the long way. */
export function toInstant(text: string): string {
  if (!text.endsWith('+00') || text.charAt(10) !== ' ') return new Date(text).toISOString()
  const time = text.slice(11, -3)
  return `${text.slice(0, 10)}T${time.length === 8 ? `${time}.000` : time.slice(0, 12).padEnd(12, '0')}Z`
}
