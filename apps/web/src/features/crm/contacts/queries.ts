import type { ContactSearch } from '@ai-crm/contracts'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api } from '../../../lib/api/api.ts'
import { timelineQueryOf } from '../records/timeline-query.ts'

export interface ContactListSearch {
  search?: string | undefined
  sort: ContactSearch['sort']
  owner?: ContactSearch['owner'] | undefined
  companyId?: string | undefined
}

/** Names read from A to Z; times newest first. */
const directionOf = (sort: ContactSearch['sort']): ContactSearch['direction'] => (sort === 'name' ? 'asc' : 'desc')

export const contactsQuery = ({ search, sort, owner, companyId }: ContactListSearch) =>
  infiniteQueryOptions({
    queryKey: ['crm', 'contacts', { search: search ?? '', sort, owner: owner ?? '', companyId: companyId ?? '' }],
    queryFn: ({ pageParam, signal }) =>
      api.crm.listContacts({
        query: {
          sort,
          direction: directionOf(sort),
          limit: 50,
          ...(owner ? { owner } : {}),
          ...(companyId ? { companyId } : {}),
          ...(search ? { search } : {}),
          ...(pageParam ? { cursor: pageParam } : {}),
        },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  })

export const contactQuery = (contactId: string) =>
  queryOptions({
    queryKey: ['crm', 'contact', contactId],
    queryFn: ({ signal }) => api.crm.getContact({ params: { contactId }, signal }),
  })

export const timelineQuery = (contactId: string) =>
  timelineQueryOf(['crm', 'timeline', contactId], (query, signal) => api.crm.listContactTimeline({ params: { contactId }, query, signal }))
