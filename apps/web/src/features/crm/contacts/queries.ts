import type { ContactSearch } from '@ai-crm/contracts'
import { queryOptions } from '@tanstack/react-query'
import { api } from '../../../lib/api/api.ts'
import { listQueryOf, summaryQueryOf, type ListParams, type SummaryParams } from '../lists/list-query.ts'
import { timelineQueryOf } from '../records/timeline-query.ts'

export interface ContactListSearch extends ListParams {
  owner?: ContactSearch['owner'] | undefined
  companyId?: string | undefined
}

export const contactsQuery = ({ owner, companyId, ...list }: ContactListSearch) =>
  listQueryOf('contacts', list, { owner, companyId }, (query, signal) => api.crm.listContacts({ query, signal }))

export const contactsSummaryQuery = ({ owner, companyId, ...list }: ContactListSearch, summed: SummaryParams) =>
  summaryQueryOf('contacts', list, { owner, companyId }, summed, (query, signal) => api.crm.summarizeContacts({ query, signal }))

export const contactQuery = (contactId: string) =>
  queryOptions({
    queryKey: ['crm', 'contact', contactId],
    queryFn: ({ signal }) => api.crm.getContact({ params: { contactId }, signal }),
  })

export const timelineQuery = (contactId: string) =>
  timelineQueryOf(['crm', 'timeline', contactId], (query, signal) => api.crm.listContactTimeline({ params: { contactId }, query, signal }))
