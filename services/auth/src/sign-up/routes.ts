import { accountEndpoints, authEndpoints } from '@ai-crm/contracts'
import { auth } from '../ctx.ts'
import { confirmSignUp } from './confirm-sign-up.ts'
import { resendSignUpMail, signUp } from './sign-up.ts'

export const signUpRoutes = [
  auth.handle(authEndpoints.signUp, async (ctx, { body }, http) => signUp(ctx, body, http)),
  auth.handle(accountEndpoints.resendSignUpMail, async (ctx, { body }, http) => resendSignUpMail(ctx, body.email, http)),
  auth.handle(accountEndpoints.confirmSignUp, async (ctx, { body }, http) => confirmSignUp(ctx, body, http)),
]
