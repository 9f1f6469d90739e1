import { defineError } from '@ai-crm/platform'

export const outranked = defineError('auth.member.outranked', 403, () => 'You can give roles up to your own, and change members who have at most your role.')

export const lastOwner = defineError('auth.member.last_owner', 409, () => 'An organisation needs an owner who can sign in. Make somebody else an owner first.')

export const yourself = defineError('auth.member.yourself', 409, () => 'You cannot do this to yourself. Leave the organisation instead.')

export const handoverUnknown = defineError(
  'auth.member.handover_unknown',
  422,
  () => 'Whoever takes over must be another active member.',
  () => ({ fields: [{ field: '/handOverTo', message: 'Not another active member' }] }),
)

export const notActive = defineError('auth.member.not_active', 409, () => 'This member is disabled. Enable them first.')
