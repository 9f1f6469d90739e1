import { handOverEndpoints } from '@ai-crm/contracts'
import { pipeline } from '../ctx.ts'
import { getHandOver } from './get-hand-over.ts'
import { repeatHandOver } from './repeat-hand-over.ts'

export const handOverRoutes = [
  pipeline.handle(handOverEndpoints.getDealHandOver, (ctx, { params }) => getHandOver(ctx, params.dealId)),
  pipeline.handle(handOverEndpoints.repeatDealHandOver, (ctx, { params }) => repeatHandOver(ctx, params.dealId)),
]
