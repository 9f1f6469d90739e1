import { invitationEndpoints } from '@ai-crm/contracts'
import { auth } from '../ctx.ts'
import { acceptInvitation } from './accept-invitation.ts'
import { askForInvitation } from './ask-for-invitation.ts'
import { inviteByEmail, inviteByLink } from './invite.ts'
import { listInvitations, makeLink, resendInvitation, revokeInvitation } from './manage-invitations.ts'
import { previewInvitation } from './preview-invitation.ts'

export const invitationRoutes = [
  auth.handle(invitationEndpoints.listInvitations, async (ctx) => listInvitations(ctx)),
  auth.handle(invitationEndpoints.inviteByEmail, async (ctx, { body }) => inviteByEmail(ctx, body)),
  auth.handle(invitationEndpoints.inviteByLink, async (ctx, { body }) => inviteByLink(ctx, body)),
  auth.handle(invitationEndpoints.makeInvitationLink, async (ctx, { params }) => makeLink(ctx, params.invitationId)),
  auth.handle(invitationEndpoints.resendInvitation, async (ctx, { params }) => resendInvitation(ctx, params.invitationId)),
  auth.handle(invitationEndpoints.revokeInvitation, async (ctx, { params }) => revokeInvitation(ctx, params.invitationId)),
  auth.handle(invitationEndpoints.previewInvitation, async (ctx, { body }, http) => previewInvitation(ctx, body.token, http)),
  auth.handle(invitationEndpoints.acceptInvitation, async (ctx, { body }, http) => acceptInvitation(ctx, body, http)),
  auth.handle(invitationEndpoints.askForInvitation, async (ctx, { body }) => askForInvitation(ctx, body.token, body.email)),
]
