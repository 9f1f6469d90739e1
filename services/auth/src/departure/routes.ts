import { departureEndpoints } from '@ai-crm/contracts'
import { auth } from '../ctx.ts'
import { cancelDeletion } from './cancel-deletion.ts'
import { requestDeletion } from './request-deletion.ts'

export const departureRoutes = [
  auth.handle(departureEndpoints.requestOrganizationDeletion, async (ctx, { body }) => requestDeletion(ctx, body.name)),
  auth.handle(departureEndpoints.cancelOrganizationDeletion, async (ctx) => cancelDeletion(ctx)),
]
