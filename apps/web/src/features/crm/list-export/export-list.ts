import type { ExportFormat, ListRecord, Locale } from '@ai-crm/contracts'
import { api } from '../../../lib/api/api.ts'

interface Choice {
  readonly format: ExportFormat
  /** As the table shows them; all where absent. */
  readonly columns: readonly string[] | null
  readonly language: Locale
}

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone

/** The whole list, as a file; `asked`: the query of the list on the screen (`listQueryOf`), of which the page's size is no part. */
export function exportList(record: ListRecord, asked: object, { format, columns, language }: Choice): Promise<Blob> {
  const query = { ...asked, limit: undefined, zone, format, language, ...(columns ? { columns: columns.join(',') } : {}) }
  const ask = { contact: api.crm.exportContacts, company: api.crm.exportCompanies, deal: api.crm.exportDeals }
  return ask[record]({ query })
}
