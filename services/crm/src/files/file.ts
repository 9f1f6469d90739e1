import type { RecordFile } from '@ai-crm/contracts'
import { toScan } from '@ai-crm/platform'
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
  'file.scanState',
  'file.scanFinding',
  sql<string>`cast(file.created_at as text)`.as('createdAt'),
] as const

type Columns = Selectable<Tables['file']>
export type FileRow = Pick<
  Columns,
  'id' | 'name' | 'contentType' | 'sizeBytes' | 'isComplete' | 'contactId' | 'companyId' | 'dealId' | 'addedById' | 'scanState' | 'scanFinding'
> & {
  createdAt: string
}

export const toFile = ({ createdAt, scanState, scanFinding, ...row }: FileRow): RecordFile => ({
  ...row,
  scan: toScan({ scanState, scanFinding }),
  createdAt: toInstant(createdAt),
})
