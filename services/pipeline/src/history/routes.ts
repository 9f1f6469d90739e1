import { stayEndpoints } from '@ai-crm/contracts'
import { pipeline } from '../ctx.ts'
import { getFlow } from '../flow/get-flow.ts'
import { listStays } from './list-stays.ts'

export const historyRoutes = [
  pipeline.handle(stayEndpoints.listDealStays, (ctx, { params, query }) => listStays(ctx, params.dealId, query)),
  pipeline.handle(stayEndpoints.getPipelineFlow, (ctx, { params, query }) => getFlow(ctx, params.pipelineId, query)),
]
