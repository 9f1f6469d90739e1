import { authEndpoints } from '@ai-crm/contracts'
import { auth } from '../ctx.ts'
import { signIn } from './sign-in.ts'

export const signInRoutes = [auth.handle(authEndpoints.signIn, async (ctx, { body }, http) => signIn(ctx, body, http))]
