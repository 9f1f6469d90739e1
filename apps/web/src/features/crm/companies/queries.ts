import type { CompanySearch } from '@ai-crm/contracts'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api } from '../../../lib/api/api.ts'
import { timelineQueryOf } from '../records/timeline-query.ts'

export interface CompanyListSearch {
  search?: string | undefined
  sort: CompanySearch['sort']
  owner?: CompanySearch['owner'] | undefined
  parentId?: string | undefined
}

export const companiesQuery = ({ search, sort, owner, parentId }: CompanyListSearch) =>
  infiniteQueryOptions({
    queryKey: ['crm', 'companies', { search: search ?? '', sort, owner: owner ?? '', parentId: parentId ?? '' }],
    queryFn: ({ pageParam, signal }) =>
      api.crm.listCompanies({
        query: {
          sort,
          direction: sort === 'name' ? 'asc' : 'desc',
          limit: 50,
          ...(owner ? { owner } : {}),
          ...(parentId ? { parentId } : {}),
          ...(search ? { search } : {}),
          ...(pageParam ? { cursor: pageParam } : {}),
        },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  })

export const companyQuery = (companyId: string) =>
  queryOptions({
    queryKey: ['crm', 'company', companyId],
    queryFn: ({ signal }) => api.crm.getCompany({ params: { companyId }, signal }),
  })

export const companyTimelineQuery = (companyId: string) =>
  timelineQueryOf(['crm', 'company-timeline', companyId], (query, signal) => api.crm.listCompanyTimeline({ params: { companyId }, query, signal }))
