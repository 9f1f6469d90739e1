import type { CompanySearch } from '@ai-crm/contracts'
import { queryOptions } from '@tanstack/react-query'
import { api } from '../../../lib/api/api.ts'
import { listQueryOf, summaryQueryOf, type ListParams, type SummaryParams } from '../lists/list-query.ts'
import { timelineQueryOf } from '../records/timeline-query.ts'

export interface CompanyListSearch extends ListParams {
  owner?: CompanySearch['owner'] | undefined
  parentId?: string | undefined
}

export const companiesQuery = ({ owner, parentId, ...list }: CompanyListSearch) =>
  listQueryOf('companies', list, { owner, parentId }, (query, signal) => api.crm.listCompanies({ query, signal }))

export const companiesSummaryQuery = ({ owner, parentId, ...list }: CompanyListSearch, summed: SummaryParams) =>
  summaryQueryOf('companies', list, { owner, parentId }, summed, (query, signal) => api.crm.summarizeCompanies({ query, signal }))

export const companyQuery = (companyId: string) =>
  queryOptions({
    queryKey: ['crm', 'company', companyId],
    queryFn: ({ signal }) => api.crm.getCompany({ params: { companyId }, signal }),
  })

export const companyTimelineQuery = (companyId: string) =>
  timelineQueryOf(['crm', 'company-timeline', companyId], (query, signal) => api.crm.listCompanyTimeline({ params: { companyId }, query, signal }))
