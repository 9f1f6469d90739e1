import { authEndpoints } from '@ai-crm/contracts'
import { auth } from '../ctx.ts'
import { getMe } from './get-me.ts'
import { listMembers } from './list-members.ts'

export const memberRoutes = [
  auth.handle(authEndpoints.getMe, async (ctx) => getMe(ctx)),
  auth.handle(authEndpoints.listMembers, async (ctx) => listMembers(ctx)),
]
