import { z } from 'zod'
import { defineEndpoints, type EndpointSpec } from '../core/endpoint.ts'
import { defineEvent } from '../core/event.ts'
import { Locale } from '../auth/events.ts'
import { CompanySearch } from './company.ts'
import { DealSearch } from './deal.ts'
import { ContactSearch } from './http.ts'
import { ListRecord } from './list-fields.ts'

/** `csv` and `xlsx` are for people, with names where records have ids; `json` and `ndjson` (one object a line) are records as the API answers them. */
export const EXPORT_FORMATS = ['csv', 'xlsx', 'json', 'ndjson'] as const
export const ExportFormat = z.enum(EXPORT_FORMATS)
export type ExportFormat = z.infer<typeof ExportFormat>

const how = {
  format: ExportFormat.default('csv'),
  /** Keys of fields in their order, separated by commas; all fields where absent. For people only. */
  columns: z
    .string()
    .max(2000)
    .regex(/^[\w.,-]+$/)
    .optional(),
  /** Of the headings. */
  language: Locale.default('en'),
}
export type ExportChoice = z.infer<z.ZodObject<typeof how>>

const paging = { limit: true, cursor: true } as const
export const ContactExportQuery = ContactSearch.omit(paging).extend(how)
export type ContactExportQuery = z.infer<typeof ContactExportQuery>
export const CompanyExportQuery = CompanySearch.omit(paging).extend(how)
export type CompanyExportQuery = z.infer<typeof CompanyExportQuery>
export const DealExportQuery = DealSearch.omit(paging).extend(how)
export type DealExportQuery = z.infer<typeof DealExportQuery>

/** Somebody took a list with them: which kind of record, in which form. */
export const listExported = defineEvent(
  'list.exported',
  1,
  { type: 'list-export', id: 'exportId' },
  z.object({ exportId: z.uuid(), record: ListRecord, format: ExportFormat }),
)

/** Streamed page by page: as long as a slow line needs for a large list. Somebody takes data along, and the log says so: no request that merely looks. */
const streamed = {
  method: 'POST',
  idempotency: 'natural',
  produces: 'application/octet-stream',
  status: 200,
  cost: 20,
  priority: 'bulk',
  timeoutMs: 3_600_000,
} as const satisfies Partial<EndpointSpec>

export const listExportEndpoints = defineEndpoints('crm', {
  exportContacts: { ...streamed, path: '/contacts/export', summary: 'All contacts of a list as a file', access: 'crm.contact.export', query: ContactExportQuery },
  exportCompanies: { ...streamed, path: '/companies/export', summary: 'All companies of a list as a file', access: 'crm.company.export', query: CompanyExportQuery },
  exportDeals: { ...streamed, path: '/deals/export', summary: 'All deals of a list as a file', access: 'crm.deal.export', query: DealExportQuery },
})
