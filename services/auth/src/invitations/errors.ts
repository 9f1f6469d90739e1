import { defineError } from '@ai-crm/platform'

export const invitationUnknown = defineError('auth.invitation.unknown', 404, () => 'This link does not lead to an invitation. Ask for a new one.')

export const invitationOver = defineError(
  'auth.invitation.over',
  410,
  (_why: 'accepted' | 'revoked' | 'expired') => 'This invitation is over. Ask for a new one.',
  (why) => ({ context: { why } }),
)

export const otherAddress = defineError(
  'auth.invitation.other_address',
  403,
  () => 'This invitation is for another address than the one that you are signed in with.',
)

export const removedBefore = defineError(
  'auth.invitation.removed_before',
  403,
  () => 'You were removed from this organisation. A link does not bring you back: ask for an invitation to your address.',
)

export const signInFirst = defineError('auth.invitation.sign_in_first', 401, () => 'Sign in, or have the invitation sent to your address.')

export const detailsNeeded = defineError(
  'auth.invitation.details_needed',
  422,
  () => 'Give your name and choose a password.',
  () => ({ fields: [{ field: '/newPerson', message: 'Required for a new person' }] }),
)

export const addressNeeded = defineError(
  'auth.invitation.address_needed',
  422,
  () => 'Whoever administers the organisation is invited by address: a link for anybody may be read by others.',
  () => ({ fields: [{ field: '/email', message: 'Required for this role' }] }),
)

export const alreadyMember = defineError(
  'auth.invitation.already_member',
  409,
  () => 'Whoever has this address belongs to the organisation already.',
  () => ({ fields: [{ field: '/email', message: 'Belongs to a member' }] }),
)

export const tooManyMails = defineError(
  'auth.invitation.too_many_mails',
  429,
  (_retryAfterSeconds: number) => 'No mail was sent: this address has been sent several invitations within the hour. Wait before you send another one.',
  (retryAfterSeconds) => ({ retryAfterSeconds }),
)

export const tooManyInvitations = defineError(
  'auth.invitation.too_many',
  409,
  (limit: number) => `More than ${limit} invitations are open. Take some back first.`,
)
