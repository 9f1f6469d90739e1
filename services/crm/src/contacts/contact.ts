import type { Contact } from '@ai-crm/contracts'
import { sql, type Selectable } from 'kysely'
import type { Tables } from '../tables.ts'

/** What is read of a contact wherever one is answered. '-infinity' is "no activity yet". */
export const CONTACT_COLUMNS = [
  'contact.id', 'contact.name', 'contact.email', 'contact.phone', 'contact.company', 'contact.position', 'contact.note',
  'contact.source', 'contact.createdAt', 'contact.updatedAt', 'contact.version',
  sql<Date | null>`nullif(contact.last_activity_at, '-infinity')`.as('lastActivityAt'),
] as const

export type ContactRow = Omit<Selectable<Tables['contact']>, 'organizationId' | 'deletedAt' | 'sortName' | 'lastActivityAt'> & {
  lastActivityAt: Date | null
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
    lastActivityAt: row.lastActivityAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    version: row.version,
  }
}
