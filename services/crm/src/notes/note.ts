import type { RecordNote } from '@ai-crm/contracts'
import { sql, type Selectable } from 'kysely'
import { toInstant } from '../instant.ts'
import type { Tables } from '../tables.ts'

/** What is read of a note wherever one is answered. Instants as text, as in CONTACT_COLUMNS. */
export const NOTE_COLUMNS = [
  'note.id',
  'note.body',
  'note.mentions',
  'note.contactId',
  'note.companyId',
  'note.dealId',
  'note.authorId',
  'note.version',
  sql<string>`cast(note.created_at as text)`.as('createdAt'),
  sql<string>`cast(note.updated_at as text)`.as('updatedAt'),
] as const

type Columns = Selectable<Tables['note']>
export type NoteRow = Pick<Columns, 'id' | 'body' | 'mentions' | 'contactId' | 'companyId' | 'dealId' | 'authorId' | 'version'> & {
  createdAt: string
  updatedAt: string
}

export const toNote = ({ createdAt, updatedAt, ...row }: NoteRow): RecordNote => ({
  id: row.id,
  body: row.body,
  mentions: row.mentions,
  contactId: row.contactId,
  companyId: row.companyId,
  dealId: row.dealId,
  authorId: row.authorId,
  createdAt: toInstant(createdAt),
  updatedAt: toInstant(updatedAt),
  version: row.version,
})
