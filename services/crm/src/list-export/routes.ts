import { listExportEndpoints, type ExportChoice } from '@ai-crm/contracts'
import { companyList } from '../companies/list-companies.ts'
import { contactList } from '../contacts/list-contacts.ts'
import { crm } from '../ctx.ts'
import { dealList } from '../deals/list-deals.ts'
import { columnsOf } from './columns.ts'
import { exportList } from './export-list.ts'

const FIRST = 500

/** What the list is asked, and how it is to be written. */
function parted<Query extends ExportChoice>({ format, columns, language, ...asked }: Query) {
  return { choice: { format, columns, language }, asked: { ...asked, limit: FIRST } }
}

export const listExportRoutes = [
  crm.handle(listExportEndpoints.exportContacts, async (ctx, { query }) => {
    const { asked, choice } = parted(query)
    return exportList(ctx, { list: contactList, columns: columnsOf.contact }, asked, choice)
  }),
  crm.handle(listExportEndpoints.exportCompanies, async (ctx, { query }) => {
    const { asked, choice } = parted(query)
    return exportList(ctx, { list: companyList, columns: columnsOf.company }, asked, choice)
  }),
  crm.handle(listExportEndpoints.exportDeals, async (ctx, { query }) => {
    const { asked, choice } = parted(query)
    return exportList(ctx, { list: dealList, columns: columnsOf.deal }, asked, choice)
  }),
]
