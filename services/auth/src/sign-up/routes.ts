import { authEndpoints } from '@ai-crm/contracts'
import { auth } from '../ctx.ts'
import { signUp } from './sign-up.ts'

export const signUpRoutes = [auth.handle(authEndpoints.signUp, async (ctx, { body }, http) => signUp(ctx, body, http))]
