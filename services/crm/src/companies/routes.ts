import { companyEndpoints } from '@ai-crm/contracts'
import { getCompanyAsOf } from '../changes/get-as-of.ts'
import { crm } from '../ctx.ts'
import { createCompany } from './create-company.ts'
import { deleteCompany } from './delete-company.ts'
import { getCompany } from './get-company.ts'
import { listCompanies, summarizeCompanies } from './list-companies.ts'
import { updateCompany } from './update-company.ts'

export const companyRoutes = [
  crm.handle(companyEndpoints.createCompany, async (ctx, { body }) => createCompany(ctx, body)),
  crm.handle(companyEndpoints.listCompanies, async (ctx, { query }) => listCompanies(ctx, query)),
  crm.handle(companyEndpoints.summarizeCompanies, async (ctx, { query }) => summarizeCompanies(ctx, query)),
  crm.handle(companyEndpoints.getCompany, async (ctx, { params }) => getCompany(ctx, params.companyId)),
  crm.handle(companyEndpoints.updateCompany, async (ctx, { params, body }, http) => updateCompany(ctx, params.companyId, http.expectedVersion, body)),
  crm.handle(companyEndpoints.deleteCompany, async (ctx, { params }) => deleteCompany(ctx, params.companyId)),
  crm.handle(companyEndpoints.getCompanyAsOf, async (ctx, { params, query }) => getCompanyAsOf(ctx, params.companyId, query.at)),
]
