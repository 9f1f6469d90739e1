import { z } from 'zod'
import { defineEndpoints } from '../core/endpoint.ts'
import { Line } from '../core/page.ts'
import { Locale } from './events.ts'
import { Email, Me, Password, SignedIn } from './http.ts'

/** What stands behind the `#` of a link in a mail: 256 random bits. */
export const LinkToken = z.string().regex(/^[0-9a-f]{64}$/)
const CurrentPassword = z.string().min(1).max(200)

export const ConfirmSignUp = z.object({
  token: LinkToken,
  /** Needed where the link is opened in another browser than the one that signed up: 403 `auth.sign_up.password_needed` asks for it. */
  password: CurrentPassword.optional(),
})
export type ConfirmSignUp = z.infer<typeof ConfirmSignUp>

export const ResetPassword = z.object({ token: LinkToken, password: Password })
export type ResetPassword = z.infer<typeof ResetPassword>

export const ChangePassword = z.object({ currentPassword: CurrentPassword, newPassword: Password })
export type ChangePassword = z.infer<typeof ChangePassword>

export const ChangeEmail = z.object({ newEmail: Email, currentPassword: CurrentPassword })
export type ChangeEmail = z.infer<typeof ChangeEmail>

export const UpdateProfile = z.object({ name: Line(100), locale: Locale })
export type UpdateProfile = z.infer<typeof UpdateProfile>

const onlyEmail = z.object({ email: Email })
const onlyToken = z.object({ token: LinkToken })

/** Answers of 202 are the same, byte for byte, whether or not an account is behind the address. */
export const accountEndpoints = defineEndpoints('auth', {
  confirmSignUp: {
    method: 'POST',
    path: '/auth/sign-up/confirm',
    summary: 'Open the link of the mail: account and organisation come to life, and you are signed in',
    access: 'public',
    idempotency: 'natural',
    body: ConfirmSignUp,
    response: SignedIn,
    status: 201,
    cost: 10,
  },
  resendSignUpMail: {
    method: 'POST',
    path: '/auth/sign-up/resend',
    summary: 'Ask for the mail of a sign-up once more',
    access: 'public',
    idempotency: 'exempt',
    body: onlyEmail,
    status: 202,
    cost: 10,
  },
  requestPasswordReset: {
    method: 'POST',
    path: '/auth/password/forgot',
    summary: 'Ask for a mail with a link to choose a new password',
    access: 'public',
    idempotency: 'exempt',
    body: onlyEmail,
    status: 202,
    cost: 10,
  },
  resetPassword: {
    method: 'POST',
    path: '/auth/password/reset',
    summary: 'Choose a new password with the link of the mail; ends all sessions and signs nobody in',
    access: 'public',
    idempotency: 'natural',
    body: ResetPassword,
    status: 204,
    cost: 10,
  },
  changePassword: {
    method: 'POST',
    path: '/auth/password/change',
    summary: 'Change the password; ends the other sessions',
    access: 'signed-in',
    idempotency: 'natural',
    body: ChangePassword,
    status: 204,
    cost: 10,
  },
  requestEmailChange: {
    method: 'POST',
    path: '/auth/email/change',
    summary: 'Ask for a mail to the new address that confirms it',
    access: 'signed-in',
    idempotency: 'natural',
    body: ChangeEmail,
    status: 202,
    cost: 10,
  },
  confirmEmailChange: {
    method: 'POST',
    path: '/auth/email/confirm',
    summary: 'Confirm a new address with the link of the mail',
    access: 'public',
    idempotency: 'natural',
    body: onlyToken,
    status: 204,
    cost: 10,
  },
  revertEmailChange: {
    method: 'POST',
    path: '/auth/email/revert',
    summary: 'Take a change of address back with the link that the old address got; ends all sessions',
    access: 'public',
    idempotency: 'natural',
    body: onlyToken,
    status: 204,
    cost: 10,
  },
  updateProfile: {
    method: 'PUT',
    path: '/auth/profile',
    summary: 'Change how you are called and which language you are written to in',
    access: 'signed-in',
    idempotency: 'natural',
    body: UpdateProfile,
    response: Me,
    status: 200,
  },
})
