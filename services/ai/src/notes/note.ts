import type { Note } from '@ai-crm/contracts'
import type { Selectable } from 'kysely'
import type { Tables } from '../tables.ts'

export function toNote(row: Pick<Selectable<Tables['note']>, 'id' | 'title' | 'body' | 'updatedAt' | 'version'>): Note {
  return { id: row.id, title: row.title, body: row.body, updatedAt: row.updatedAt.toISOString(), version: row.version }
}
