import { dealEndpoints } from '@ai-crm/contracts'
import { getDealAsOf } from '../changes/get-as-of.ts'
import { crm } from '../ctx.ts'
import { createDeal } from './create-deal.ts'
import { deleteDeal } from './delete-deal.ts'
import { getDeal } from './get-deal.ts'
import { listDeals, summarizeDeals } from './list-deals.ts'
import { updateDeal } from './update-deal.ts'

export const dealRoutes = [
  crm.handle(dealEndpoints.createDeal, async (ctx, { body }) => createDeal(ctx, body)),
  crm.handle(dealEndpoints.listDeals, async (ctx, { query }) => listDeals(ctx, query)),
  crm.handle(dealEndpoints.summarizeDeals, async (ctx, { query }) => summarizeDeals(ctx, query)),
  crm.handle(dealEndpoints.getDeal, async (ctx, { params }) => getDeal(ctx, params.dealId)),
  crm.handle(dealEndpoints.updateDeal, async (ctx, { params, body }, http) => updateDeal(ctx, params.dealId, http.expectedVersion, body)),
  crm.handle(dealEndpoints.deleteDeal, async (ctx, { params }) => deleteDeal(ctx, params.dealId)),
  crm.handle(dealEndpoints.getDealAsOf, async (ctx, { params, query }) => getDealAsOf(ctx, params.dealId, query.at)),
]
