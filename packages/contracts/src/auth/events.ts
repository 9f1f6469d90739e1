import { z } from 'zod'
import { FieldRules, RecordScopes } from '../core/authorization.ts'
import { defineEvent } from '../core/event.ts'
import { Instant } from '../core/page.ts'
import { defineSagaAnswer, defineSagaRequest } from '../core/saga.ts'
import { ROLES } from '../core/permissions.ts'
import { SystemMailTemplate } from './system-mail.ts'

export const Locale = z.enum(['en', 'ru'])
export type Locale = z.infer<typeof Locale>

/** A person signed up or was invited. Emitted in the organisation that the person came in through. */
export const userCreated = defineEvent(
  'user.created',
  1,
  { type: 'user', id: 'userId' },
  z.object({
    userId: z.uuid(),
    email: z.email(),
    name: z.string(),
    locale: Locale,
    role: z.enum(ROLES),
  }),
  { visibility: 'public' },
)

/** Auth asks the other services for their part in founding an organisation. */
export const authSagaRequested = defineSagaRequest('auth-saga.requested')

/** Auth's own part, asked for by nobody yet: it is the last that erases. */
export const authSagaAnswered = defineSagaAnswer('auth-saga.answered')

/** Every service has its defaults: what `organization.created` announced is ready. */
export const organizationProvisioned = defineEvent(
  'organization.provisioned',
  1,
  { type: 'organization', id: 'organizationId' },
  z.object({ organizationId: z.uuid() }),
)

/** Founding the organisation was undone: `reason` says which service could not follow. For operators, not for people. */
export const organizationProvisioningFailed = defineEvent(
  'organization.provisioning_failed',
  1,
  { type: 'organization', id: 'organizationId' },
  z.object({ organizationId: z.uuid(), reason: z.string().max(500) }),
)

/** `slug` is unique in the installation and makes the inbound address `<slug>@<mail domain>`. */
export const organizationCreated = defineEvent(
  'organization.created',
  1,
  { type: 'organization', id: 'organizationId' },
  z.object({
    organizationId: z.uuid(),
    name: z.string(),
    slug: z.string(),
    locale: Locale,
  }),
)

/** Why a session ended before its time. `revoked`: by its owner from elsewhere; `ended-by-admin`: by an administrator; `switched`: for another organisation. */
export const SESSION_ENDS = [
  'sign-out',
  'refresh-reuse',
  'expired',
  'switched',
  'organization-deleted',
  'revoked',
  'ended-by-admin',
  'credentials-changed',
  'member-disabled',
  'member-removed',
] as const
export type SessionEnd = (typeof SESSION_ENDS)[number]

/** The session's tokens and sockets are dead from now on. */
export const sessionRevoked = defineEvent(
  'session.revoked',
  1,
  { type: 'session', id: 'sessionId' },
  z.object({
    sessionId: z.uuid(),
    userId: z.uuid(),
    reason: z.enum(SESSION_ENDS),
  }),
)

/**
 * The product itself has something to tell somebody by mail; messaging renders and sends it. `sealedParameters` is
 * base64 of what `systemMailParameters` names: links carry secrets, and the log of events is kept.
 */
export const systemMailRequested = defineEvent(
  'system-mail.requested',
  1,
  { type: 'system-mail', id: 'mailId' },
  z.object({
    mailId: z.uuid(),
    to: z.email(),
    template: SystemMailTemplate,
    locale: Locale,
    sealedParameters: z.base64().max(10_000),
    /** Later it says nothing any more, and is not sent. */
    expiresAt: Instant,
  }),
)

const organization = { type: 'organization', id: 'organizationId' } as const
/** It will be erased at that time, unless an owner keeps it. */
export const organizationDeletionScheduled = defineEvent(
  'organization.deletion_scheduled',
  1,
  organization,
  z.object({ organizationId: z.uuid(), erasesAt: Instant }),
)
export const organizationDeletionCancelled = defineEvent('organization.deletion_cancelled', 1, organization, z.object({ organizationId: z.uuid() }))

const organizationExport = { type: 'export', id: 'exportId' } as const
/** An owner asked for everything in one archive: every service brings its part to auth. */
export const organizationExportRequested = defineEvent('organization.export_requested', 1, organizationExport, z.object({ exportId: z.uuid() }))
export const organizationExportReady = defineEvent('organization.export_ready', 1, organizationExport, z.object({ exportId: z.uuid(), expiresAt: Instant }))
/** There is no archive (any more). */
export const organizationExportEnded = defineEvent(
  'organization.export_ended',
  1,
  organizationExport,
  z.object({ exportId: z.uuid(), state: z.enum(['expired', 'removed', 'cancelled', 'failed']) }),
)

const member = { type: 'member', id: 'userId' } as const

/** Only what changed. */
export const organizationUpdated = defineEvent(
  'organization.updated',
  1,
  organization,
  z.object({
    organizationId: z.uuid(),
    changes: z.object({
      name: z.object({ from: z.string(), to: z.string() }).optional(),
      locale: z.object({ from: Locale, to: Locale }).optional(),
      timeZone: z.object({ from: z.string(), to: z.string() }).optional(),
    }),
  }),
)

/** Somebody who had an account before belongs to the organisation now; a new person is announced by user.created as well. */
export const memberJoined = defineEvent(
  'member.joined',
  1,
  member,
  z.object({ userId: z.uuid(), name: z.string(), email: z.email(), role: z.enum(ROLES), invitationId: z.uuid().nullable() }),
)

export const memberRoleChanged = defineEvent(
  'member.role_changed',
  1,
  member,
  z.object({
    userId: z.uuid(),
    from: z.enum(ROLES),
    to: z.enum(ROLES),
    /** The custom role from now on, made from `to`; null for the built-in one. */
    customRoleId: z.uuid().nullable().default(null),
  }),
)

export const memberDisabled = defineEvent('member.disabled', 1, member, z.object({ userId: z.uuid() }))
export const memberEnabled = defineEvent('member.enabled', 1, member, z.object({ userId: z.uuid() }))

/** Whatever the person owned here belongs to `handedOverTo` from now on, or to nobody. Every service moves what it keeps. */
export const memberRemoved = defineEvent(
  'member.removed',
  1,
  member,
  z.object({ userId: z.uuid(), reason: z.enum(['removed', 'left']), handedOverTo: z.uuid().nullable() }),
)

/**
 * Tokens whose rights were read before are refused by every process from now on: sockets show themselves anew. `subjectId`
 * is a person (`member`) or a custom role with everybody who has it (`role`).
 */
export const rightsRefreshed = defineEvent(
  'rights.refreshed',
  1,
  { type: 'rights', id: 'subjectId' },
  z.object({
    subject: z.enum(['member', 'role']),
    subjectId: z.uuid(),
  }),
)

/** The key, its tokens, and what it began and is not over yet are dead from now on. */
export const apiKeyRevoked = defineEvent('api-key.revoked', 1, { type: 'api-key', id: 'keyId' }, z.object({ keyId: z.uuid() }))

const role = { type: 'role', id: 'roleId' } as const
const roleContent = {
  roleId: z.uuid(),
  name: z.string(),
  base: z.enum(ROLES),
  permissions: z.array(z.string()),
  scopes: RecordScopes.default({}),
  fields: FieldRules,
}

/** The whole role as it is from now on: a consumer needs only the newest. */
export const roleCreated = defineEvent('role.created', 1, role, z.object(roleContent))
export const roleUpdated = defineEvent('role.updated', 1, role, z.object(roleContent))
/** Its members have got another role before: member.role_changed tells which. */
export const roleDeleted = defineEvent('role.deleted', 1, role, z.object({ roleId: z.uuid(), name: z.string() }))

const team = { type: 'team', id: 'teamId' } as const

/** Whose records are those of a team follows from who is in it: whoever narrows by teams keeps `memberIds` and the changes of it. */
export const teamCreated = defineEvent(
  'team.created',
  1,
  team,
  z.object({ teamId: z.uuid(), name: z.string(), leadId: z.uuid().nullable(), memberIds: z.array(z.uuid()).max(200) }),
)
/** Only what changed. */
export const teamUpdated = defineEvent(
  'team.updated',
  1,
  team,
  z.object({
    teamId: z.uuid(),
    changes: z.object({
      name: z.object({ from: z.string(), to: z.string() }).optional(),
      leadId: z.object({ from: z.uuid().nullable(), to: z.uuid().nullable() }).optional(),
    }),
  }),
)
/** Also told of everybody who leaves the organisation while in a team. */
export const teamMembersChanged = defineEvent(
  'team.members_changed',
  1,
  team,
  z.object({ teamId: z.uuid(), added: z.array(z.uuid()).max(200), removed: z.array(z.uuid()).max(200) }),
)
export const teamDeleted = defineEvent('team.deleted', 1, team, z.object({ teamId: z.uuid(), name: z.string() }))

const invitation = { type: 'invitation', id: 'invitationId' } as const
const InvitationFacts = z.object({
  invitationId: z.uuid(),
  kind: z.enum(['email', 'link']),
  email: z.email().nullable(),
  role: z.enum(ROLES),
  expiresAt: Instant,
})

export const invitationCreated = defineEvent('invitation.created', 1, invitation, InvitationFacts)
/** Sent again, with a new link and new time; the role may be another one. */
export const invitationRenewed = defineEvent('invitation.renewed', 1, invitation, InvitationFacts)
export const invitationRevoked = defineEvent('invitation.revoked', 1, invitation, z.object({ invitationId: z.uuid() }))
export const invitationAccepted = defineEvent('invitation.accepted', 1, invitation, z.object({ invitationId: z.uuid(), userId: z.uuid() }))

/** The person can prove who they are in a further way from now on. `factorId` tells several passkeys apart. */
export const factorAdded = defineEvent(
  'factor.added',
  1,
  { type: 'user', id: 'userId' },
  z.object({ userId: z.uuid(), factor: z.enum(['totp', 'passkey']), factorId: z.uuid(), name: z.string().nullable() }),
)

export const factorRemoved = defineEvent(
  'factor.removed',
  1,
  { type: 'user', id: 'userId' },
  z.object({ userId: z.uuid(), factor: z.enum(['totp', 'passkey']), factorId: z.uuid(), name: z.string().nullable() }),
)

export const recoveryCodesRenewed = defineEvent('recovery-codes.renewed', 1, { type: 'user', id: 'userId' }, z.object({ userId: z.uuid() }))

export const recoveryCodeUsed = defineEvent(
  'recovery-code.used',
  1,
  { type: 'user', id: 'userId' },
  z.object({ userId: z.uuid(), codesLeft: z.number().int() }),
)

/** How everybody in the organisation has to sign in from now on. Whoever does not is signed out, or can do nothing until they do. */
export const signInPolicyChanged = defineEvent(
  'sign-in-policy.changed',
  1,
  organization,
  z.object({ organizationId: z.uuid(), isSsoEnforced: z.boolean(), isSecondFactorRequired: z.boolean() }),
)

/** The organisation switched something off for itself, or follows the installation again (`isOn` null). */
export const flagSwitched = defineEvent(
  'flag.switched',
  1,
  organization,
  z.object({ organizationId: z.uuid(), flag: z.string(), isOn: z.boolean().nullable() }),
)
