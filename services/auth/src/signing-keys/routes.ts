import { authEndpoints } from '@ai-crm/contracts'
import { auth } from '../ctx.ts'
import { getJwks } from './get-jwks.ts'

export const signingKeyRoutes = [auth.handle(authEndpoints.getJwks, async (ctx) => getJwks(ctx))]
