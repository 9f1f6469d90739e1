import { fileInfected } from '@ai-crm/contracts'
import { scanningOf, type ScannedRow } from '@ai-crm/platform'
import { sql } from 'kysely'
import type { Tables } from '../tables.ts'
import { streamFile } from './read-content.ts'

interface Row extends ScannedRow {
  readonly contactId: string | null
  readonly companyId: string | null
  readonly dealId: string | null
  readonly addedById: string | null
}

export const fileScanning = scanningOf<Tables, Row>({
  table: 'file',
  together: { column: 'id', key: 'fileId' },
  jobs: { scan: 'crm.scan-file', renew: 'crm.renew-scans' },
  columns: sql`contact_id, company_id, deal_id, added_by_id`,
  only: sql<boolean>`deleted_at is null`,
  open: streamFile,
  async tell({ db, emit }, { id: fileId, contactId, companyId, dealId, addedById }, finding) {
    await db
      .updateTable('file')
      .set({ version: sql<number>`version + 1` })
      .where('id', '=', fileId)
      .execute()
    await emit(fileInfected({ fileId, contactId, companyId, dealId, addedById, finding }), { type: 'system', id: null })
  },
})
