import type { DealSearch } from '@ai-crm/contracts'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api } from '../../../lib/api/api.ts'
import { timelineQueryOf } from '../records/timeline-query.ts'

export interface DealListSearch {
  search?: string | undefined
  sort: DealSearch['sort']
  stage?: DealSearch['stage'] | undefined
  owner?: DealSearch['owner'] | undefined
  companyId?: string | undefined
  contactId?: string | undefined
}

export const dealsQuery = ({ search, sort, stage, owner, companyId, contactId }: DealListSearch) =>
  infiniteQueryOptions({
    queryKey: ['crm', 'deals', { search: search ?? '', sort, stage: stage ?? '', owner: owner ?? '', companyId: companyId ?? '', contactId: contactId ?? '' }],
    queryFn: ({ pageParam, signal }) =>
      api.crm.listDeals({
        query: {
          sort,
          direction: sort === 'createdAt' ? 'desc' : 'asc',
          limit: 50,
          ...(stage ? { stage } : {}),
          ...(owner ? { owner } : {}),
          ...(companyId ? { companyId } : {}),
          ...(contactId ? { contactId } : {}),
          ...(search ? { search } : {}),
          ...(pageParam ? { cursor: pageParam } : {}),
        },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  })

export const dealQuery = (dealId: string) =>
  queryOptions({
    queryKey: ['crm', 'deal', dealId],
    queryFn: ({ signal }) => api.crm.getDeal({ params: { dealId }, signal }),
  })

export const dealTimelineQuery = (dealId: string) =>
  timelineQueryOf(['crm', 'deal-timeline', dealId], (query, signal) => api.crm.listDealTimeline({ params: { dealId }, query, signal }))
