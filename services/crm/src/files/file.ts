import type { RecordFile } from '@ai-crm/contracts'
import { sql, type Selectable } from 'kysely'
import { toInstant } from '../instant.ts'
import type { Tables } from '../tables.ts'

/*
 * announced → complete → deleted
 *     └────────────────────↑
 * Only what is complete is seen by others, told and listed.
 */

/** What is read of a file wherever one is answered. Instants as text, as in CONTACT_COLUMNS. */
export const FILE_COLUMNS = [
  'file.id',
  'file.name',
  'file.contentType',
  'file.sizeBytes',
  'file.isComplete',
  'file.contactId',
  'file.companyId',
  'file.dealId',
  'file.addedById',
  sql<string>`cast(file.created_at as text)`.as('createdAt'),
] as const

type Columns = Selectable<Tables['file']>
export type FileRow = Pick<Columns, 'id' | 'name' | 'contentType' | 'sizeBytes' | 'isComplete' | 'contactId' | 'companyId' | 'dealId' | 'addedById'> & {
  createdAt: string
}

export const toFile = ({ createdAt, ...row }: FileRow): RecordFile => ({ ...row, createdAt: toInstant(createdAt) })
