import { accountEndpoints } from '@ai-crm/contracts'
import { auth } from '../ctx.ts'
import { actingPerson } from '../factors/acting-person.ts'
import { changeEmail } from './change-email.ts'
import { changePassword } from './change-password.ts'
import { confirmEmail, revertEmail } from './confirm-email.ts'
import { requestPasswordReset } from './request-password-reset.ts'
import { resetPassword } from './reset-password.ts'
import { updateProfile } from './update-profile.ts'

export const accountRoutes = [
  auth.handle(accountEndpoints.requestPasswordReset, async (ctx, { body }, http) => requestPasswordReset(ctx, body.email, http)),
  auth.handle(accountEndpoints.resetPassword, async (ctx, { body }, http) => resetPassword(ctx, body, http)),
  auth.handle(accountEndpoints.changePassword, async (ctx, { body }, http) => changePassword(ctx, body, http)),
  auth.handle(accountEndpoints.requestEmailChange, async (ctx, { body }, http) => changeEmail(ctx, body, http)),
  auth.handle(accountEndpoints.confirmEmailChange, async (ctx, { body }) => confirmEmail(ctx, body.token)),
  auth.handle(accountEndpoints.revertEmailChange, async (ctx, { body }) => revertEmail(ctx, body.token)),
  auth.handle(accountEndpoints.updateProfile, async (ctx, { body }, http) => updateProfile(ctx, actingPerson(http).sessionId, body)),
]
