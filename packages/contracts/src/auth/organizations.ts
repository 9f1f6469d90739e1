import { z } from 'zod'
import { defineEndpoints } from '../core/endpoint.ts'
import { idParams, Instant, Line } from '../core/page.ts'
import { ROLES } from '../core/permissions.ts'
import { Locale } from './events.ts'
import { Member, SignedIn } from './http.ts'

/** A name of the IANA time zone database; the server knows which exist. */
export const TimeZone = z.string().trim().min(1).max(64)

/** The organisation of the token. `deletion` is there while it is on its way out and can still be kept. */
export const Organization = z.object({
  id: z.uuid(),
  name: z.string(),
  slug: z.string(),
  locale: Locale,
  timeZone: z.string(),
  version: z.number().int(),
  createdAt: Instant,
  deletion: z.object({ requestedAt: Instant, requestedBy: z.uuid(), erasesAt: Instant }).nullable(),
})
export type Organization = z.infer<typeof Organization>

/** One of the organisations that a person belongs to. */
export const OrganizationPlace = z.object({
  id: z.uuid(),
  name: z.string(),
  slug: z.string(),
  /** Of this token. */
  isCurrent: z.boolean(),
  /** When it will be erased, or null. */
  erasesAt: Instant.nullable(),
})
export type OrganizationPlace = z.infer<typeof OrganizationPlace>

export const UpdateOrganization = z.object({ name: Line(100).optional(), locale: Locale.optional(), timeZone: TimeZone.optional() })
export type UpdateOrganization = z.infer<typeof UpdateOrganization>

/** Who takes over what the leaving person owned; null leaves it to nobody. */
const Handover = z.object({ handOverTo: z.uuid().nullable() })

/**
 * Switching and founding are authorised by the refresh cookie, like a refresh: they end one session and begin another, which
 * an access token alone must not be able to do.
 */
export const organizationEndpoints = defineEndpoints('auth', {
  listOrganizations: {
    method: 'GET',
    path: '/auth/organizations',
    summary: 'The organisations that the signed-in person belongs to (at most 50)',
    access: 'signed-in',
    idempotency: 'safe',
    response: z.object({ items: z.array(OrganizationPlace).max(50) }),
    status: 200,
  },
  switchOrganization: {
    method: 'POST',
    path: '/auth/switch-organization',
    summary: 'Go on in another organisation: a new session there, the one here ends',
    // exempt: a repeat within the grace of a refresh gets the same session.
    access: 'public',
    idempotency: 'exempt',
    body: z.object({ organizationId: z.uuid() }),
    response: SignedIn,
    status: 200,
    cost: 5,
  },
  foundOrganization: {
    method: 'POST',
    path: '/auth/organizations',
    summary: 'Found a further organisation and go on in it',
    // exempt: a repeat with the same cookie and name gets the same organisation.
    access: 'public',
    idempotency: 'exempt',
    body: z.object({ name: Line(100), locale: Locale }),
    response: SignedIn,
    status: 201,
    cost: 20,
  },
  getOrganization: {
    method: 'GET',
    path: '/organization',
    summary: 'The organisation and its settings',
    access: 'signed-in',
    idempotency: 'safe',
    response: Organization,
    status: 200,
    concurrency: 'etag',
  },
  updateOrganization: {
    method: 'PATCH',
    path: '/organization',
    summary: 'Change name, language or time zone of the organisation',
    access: 'auth.organization.update',
    idempotency: 'natural',
    body: UpdateOrganization,
    response: Organization,
    status: 200,
    concurrency: 'if-match',
  },
  transferOwnership: {
    method: 'POST',
    path: '/organization/transfer',
    summary: 'Make a member the owner; who was it becomes an administrator',
    access: 'auth.organization.transfer',
    stepUp: true,
    idempotency: 'key',
    body: z.object({ toUserId: z.uuid() }),
    response: Member,
    status: 200,
  },
  changeMemberRole: {
    method: 'PATCH',
    path: '/members/:userId',
    summary: 'Give a member another role, at most one’s own',
    access: 'auth.member.manage',
    idempotency: 'natural',
    params: idParams('userId'),
    body: z.object({ role: z.enum(ROLES) }),
    response: Member,
    status: 200,
    concurrency: 'if-match',
  },
  disableMember: {
    method: 'POST',
    path: '/members/:userId/disable',
    summary: 'Shut a member out without removing what they are here',
    access: 'auth.member.manage',
    idempotency: 'natural',
    params: idParams('userId'),
    response: Member,
    status: 200,
  },
  enableMember: {
    method: 'POST',
    path: '/members/:userId/enable',
    summary: 'Let a disabled member in again',
    access: 'auth.member.manage',
    idempotency: 'natural',
    params: idParams('userId'),
    response: Member,
    status: 200,
  },
  removeMember: {
    method: 'POST',
    path: '/members/:userId/remove',
    summary: 'Remove a member; a colleague takes over what they owned',
    access: 'auth.member.manage',
    idempotency: 'key',
    params: idParams('userId'),
    body: Handover,
    status: 204,
  },
  leaveOrganization: {
    method: 'POST',
    path: '/organization/leave',
    summary: 'Leave the organisation; a colleague takes over what one owned',
    access: 'signed-in',
    idempotency: 'key',
    body: Handover,
    status: 204,
  },
})
