import { z } from 'zod'
import { defineEndpoints } from '../core/endpoint.ts'
import { idParams, Instant, Line } from '../core/page.ts'
import { ROLES } from '../core/permissions.ts'
import { Locale } from './events.ts'
import { Email, Password, SignedIn } from './http.ts'

const Domain = z
  .string()
  .trim()
  .toLowerCase()
  .max(253)
  .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/)

export const Invitation = z.object({
  id: z.uuid(),
  kind: z.enum(['email', 'link']),
  email: z.string().nullable(),
  domain: z.string().nullable(),
  role: z.enum(ROLES),
  state: z.enum(['open', 'accepted', 'revoked', 'expired']),
  uses: z.number().int(),
  maxUses: z.number().int(),
  invitedBy: z.uuid(),
  sentAt: Instant,
  expiresAt: Instant,
})
export type Invitation = z.infer<typeof Invitation>

export const InviteByEmail = z.object({ email: Email, role: z.enum(ROLES), locale: Locale })
export type InviteByEmail = z.infer<typeof InviteByEmail>

/** For one address (`email`; then for one person, whatever `maxUses` says), for those of a domain, or for whoever has the link. Administrators are named by address. */
export const InviteByLink = z
  .object({
    role: z.enum(ROLES),
    locale: Locale,
    maxUses: z.number().int().min(1).max(500),
    domain: Domain.nullable(),
    email: Email.nullable().default(null),
  })
  .refine(({ email, domain }) => email === null || domain === null, { path: ['domain'], message: 'Not beside an address' })
export type InviteByLink = z.infer<typeof InviteByLink>

/** The secret behind the `#` of an invitation's link. */
const InvitationToken = z.string().regex(/^[0-9a-f]{64}$/)

/** What somebody who opened the link sees before they decide. */
export const InvitationPreview = z.object({
  organizationName: z.string(),
  inviterName: z.string(),
  role: z.enum(ROLES),
  kind: z.enum(['email', 'link']),
  email: z.string().nullable(),
  domain: z.string().nullable(),
  expiresAt: Instant,
  /** `nothing`: one click. `details`: a new person's name and password. `address`: an address to send an invitation to. */
  needs: z.enum(['nothing', 'details', 'address']),
  /** The address of whoever is signed in in this browser, or null. */
  signedInAs: z.string().nullable(),
})
export type InvitationPreview = z.infer<typeof InvitationPreview>

export const AcceptInvitation = z.object({
  token: InvitationToken,
  newPerson: z.object({ name: Line(100), password: Password, locale: Locale }).optional(),
})
export type AcceptInvitation = z.infer<typeof AcceptInvitation>

/** `signedIn` is null for somebody who has an account and is not signed in: they belong now, and sign in as they always do. */
export const AcceptedInvitation = z.object({ email: z.string(), signedIn: SignedIn.nullable() })
export type AcceptedInvitation = z.infer<typeof AcceptedInvitation>

export const invitationEndpoints = defineEndpoints('auth', {
  listInvitations: {
    method: 'GET',
    path: '/invitations',
    summary: 'The newest invitations (at most 200)',
    access: 'auth.member.invite',
    idempotency: 'safe',
    response: z.object({ items: z.array(Invitation).max(200) }),
    status: 200,
  },
  inviteByEmail: {
    method: 'POST',
    path: '/invitations',
    summary: 'Invite an address by mail; once more renews its invitation',
    access: 'auth.member.invite',
    idempotency: 'key',
    body: InviteByEmail,
    response: Invitation,
    status: 201,
    cost: 10,
  },
  inviteByLink: {
    method: 'POST',
    path: '/invitations/links',
    summary: 'Make an invitation by link: for one address, for those of a domain, or for whoever has it',
    access: 'auth.member.invite',
    idempotency: 'key',
    body: InviteByLink,
    response: Invitation,
    status: 201,
    cost: 5,
  },
  makeInvitationLink: {
    method: 'POST',
    path: '/invitations/:invitationId/link',
    summary: 'A new link of a link invitation, shown once; the one before stops working',
    // exempt: the answer is a secret, which must not be stored for a replay.
    access: 'auth.member.invite',
    idempotency: 'exempt',
    params: idParams('invitationId'),
    response: z.object({ link: z.string() }),
    status: 200,
    cost: 5,
  },
  resendInvitation: {
    method: 'POST',
    path: '/invitations/:invitationId/resend',
    summary: 'Send the mail of an invitation again, with a new link and new time',
    access: 'auth.member.invite',
    idempotency: 'key',
    params: idParams('invitationId'),
    response: Invitation,
    status: 200,
    cost: 10,
  },
  revokeInvitation: {
    method: 'DELETE',
    path: '/invitations/:invitationId',
    summary: 'Take an invitation back',
    access: 'auth.member.invite',
    idempotency: 'natural',
    params: idParams('invitationId'),
    status: 204,
  },
  previewInvitation: {
    method: 'POST',
    path: '/auth/invitations/preview',
    summary: 'What an invitation is for',
    access: 'public',
    idempotency: 'exempt',
    body: z.object({ token: InvitationToken }),
    response: InvitationPreview,
    status: 200,
    cost: 5,
  },
  acceptInvitation: {
    method: 'POST',
    path: '/auth/invitations/accept',
    summary: 'Join the organisation: as who is signed in, as who has the address, or as a new person',
    // exempt: an invitation is used up by itself.
    access: 'public',
    idempotency: 'exempt',
    body: AcceptInvitation,
    response: AcceptedInvitation,
    status: 200,
    cost: 20,
  },
  askForInvitation: {
    method: 'POST',
    path: '/auth/invitations/ask',
    summary: 'Have a link’s invitation sent to an address, which the mail then proves; the same answer for every address',
    access: 'public',
    idempotency: 'exempt',
    body: z.object({ token: InvitationToken, email: Email }),
    status: 202,
    cost: 30,
  },
})
