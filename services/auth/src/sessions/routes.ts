import { authEndpoints } from '@ai-crm/contracts'
import { auth } from '../ctx.ts'
import { refreshSession } from './refresh-session.ts'
import { signOut } from './sign-out.ts'

export const sessionRoutes = [
  auth.handle(authEndpoints.refreshSession, async (ctx, _input, http) => refreshSession(ctx, http)),
  auth.handle(authEndpoints.signOut, async (ctx, _input, http) => signOut(ctx, http)),
]
