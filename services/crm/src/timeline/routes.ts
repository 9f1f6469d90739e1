import { crmEndpoints } from '@ai-crm/contracts'
import { crm } from '../ctx.ts'
import { listContactTimeline } from './list-contact-timeline.ts'

export const timelineRoutes = [
  crm.handle(crmEndpoints.listContactTimeline, async (ctx, { params, query }) => listContactTimeline(ctx, params.contactId, query)),
]
