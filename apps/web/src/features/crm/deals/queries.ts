import type { DealSearch } from '@ai-crm/contracts'
import { queryOptions } from '@tanstack/react-query'
import { api } from '../../../lib/api/api.ts'
import { listQueryOf, summaryQueryOf, type ListParams, type SummaryParams } from '../lists/list-query.ts'
import { timelineQueryOf } from '../records/timeline-query.ts'

export interface DealListSearch extends ListParams {
  /** `open`: all that are not over. */
  stage?: string | undefined
  owner?: DealSearch['owner'] | undefined
  companyId?: string | undefined
  contactId?: string | undefined
}

const stageOf = (stage: string | undefined) =>
  (stage === 'open' ? { stage: undefined, stageKind: stage } : { stage, stageKind: undefined }) satisfies Partial<DealSearch>

export const dealsQuery = ({ stage, owner, companyId, contactId, ...list }: DealListSearch) =>
  listQueryOf('deals', list, { ...stageOf(stage), owner, companyId, contactId }, (query, signal) => api.crm.listDeals({ query, signal }))

export const dealsSummaryQuery = ({ stage, owner, companyId, contactId, ...list }: DealListSearch, summed: SummaryParams) =>
  summaryQueryOf('deals', list, { ...stageOf(stage), owner, companyId, contactId }, summed, (query, signal) => api.crm.summarizeDeals({ query, signal }))

export const dealQuery = (dealId: string) =>
  queryOptions({
    queryKey: ['crm', 'deal', dealId],
    queryFn: ({ signal }) => api.crm.getDeal({ params: { dealId }, signal }),
  })

export const dealTimelineQuery = (dealId: string) =>
  timelineQueryOf(['crm', 'deal-timeline', dealId], (query, signal) => api.crm.listDealTimeline({ params: { dealId }, query, signal }))
