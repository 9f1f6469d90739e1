import { companyEndpoints, crmEndpoints, dealEndpoints } from '@ai-crm/contracts'
import { crm } from '../ctx.ts'
import { listCompanyTimeline } from './list-company-timeline.ts'
import { listContactTimeline } from './list-contact-timeline.ts'
import { listDealTimeline } from './list-deal-timeline.ts'

export const timelineRoutes = [
  crm.handle(crmEndpoints.listContactTimeline, async (ctx, { params, query }) => listContactTimeline(ctx, params.contactId, query)),
  crm.handle(companyEndpoints.listCompanyTimeline, async (ctx, { params, query }) => listCompanyTimeline(ctx, params.companyId, query)),
  crm.handle(dealEndpoints.listDealTimeline, async (ctx, { params, query }) => listDealTimeline(ctx, params.dealId, query)),
]
