import { z } from 'zod'
import { defineEndpoints } from '../core/endpoint.ts'
import { Instant, PageQuery, pageOf } from '../core/page.ts'

/** Everything that the security log knows, `thing.what-happened`. Additive; people read it as a sentence in their language. */
export const SECURITY_EVENT_KINDS = [
  'session.signed-in',
  'session.sign-in-refused',
  'session.signed-out',
  'session.revoked',
  'session.refresh-reused',
  'session.new-device',
  'factor.added',
  'factor.changed',
  'factor.removed',
  'factor.recovery-codes-made',
  'factor.recovery-code-used',
  'factor.refused',
  'factor.reset-requested',
  'factor.reset-withdrawn',
  'factor.reset',
  'account.password-changed',
  'account.password-reset',
  'account.password-reset-requested',
  'account.email-verified',
  'account.email-changed',
  'account.name-changed',
  'account.disabled',
  'account.enabled',
  'account.deleted',
  'role.created',
  'role.changed',
  'role.deleted',
  'team.created',
  'team.changed',
  'team.deleted',
  'member.joined',
  'member.role-changed',
  'member.changed',
  'member.disabled',
  'member.enabled',
  'member.left',
  'member.removed',
  'invitation.created',
  'invitation.resent',
  'invitation.revoked',
  'invitation.accepted',
  'invitation.declined',
  'api-key.created',
  'api-key.changed',
  'api-key.used',
  'api-key.refused',
  'api-key.revoked',
  'flag.changed',
  'organization.created',
  'organization.changed',
  'organization.deleted',
  'organization.restored',
  'organization.ownership-transferred',
  'export.requested',
  'export.ready',
  'export.downloaded',
  'export.cancelled',
  'export.removed',
  'export.failed',
  'sso.added',
  'sso.changed',
  'sso.removed',
  'sso.linked',
  'sso.unlinked',
  'domain.verified',
  'domain.removed',
  'domain.failing',
  'domain.lapsed',
  'security-policy.changed',
  'security-log.exported',
  'person.exported',
  'person.erasure-requested',
  'person.erased',
  'webhook.created',
  'webhook.changed',
  'webhook.deleted',
  'malware.found-in-file',
  'malware.found-in-message',
  'malware.found-in-import',
] as const
export const SecurityEventKind = z.enum(SECURITY_EVENT_KINDS)
export type SecurityEventKind = z.infer<typeof SecurityEventKind>

export const SecurityEvent = z.object({
  /** 1, 2, 3 … without gaps in the organisation. */
  sequence: z.number().int(),
  occurredAt: Instant,
  /** One of SECURITY_EVENT_KINDS; a newer server may know more. */
  kind: z.string(),
  /** Who did it: a person, an API key, or `system` where nobody had signed in. */
  actor: z.object({ type: z.string(), id: z.string().nullable(), name: z.string().nullable() }),
  /** Whom or what it was done to, where that is not the actor. */
  about: z.object({ type: z.string(), id: z.string(), name: z.string().nullable() }).nullable(),
  address: z.string().nullable(),
  userAgent: z.string().nullable(),
  requestId: z.string().nullable(),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  /** SHA-256 in hex: of the entry before, and of this one (docs/adr says over what). */
  prevHash: z.string(),
  hash: z.string(),
})
export type SecurityEvent = z.infer<typeof SecurityEvent>

const filters = {
  kind: SecurityEventKind.optional(),
  /** All kinds of one thing: `session`, `api-key`. */
  thing: z
    .string()
    .regex(/^[a-z][a-z-]{0,29}$/)
    .optional(),
  /** Who did it, or to whom it was done. */
  userId: z.uuid().optional(),
}

export const SecurityEventSearch = PageQuery.extend({ ...filters, from: Instant.optional(), to: Instant.optional() })
export type SecurityEventSearch = z.infer<typeof SecurityEventSearch>

/** At most 366 days. */
export const SecurityLogRange = z.object({ ...filters, from: Instant, to: Instant })
export type SecurityLogRange = z.infer<typeof SecurityLogRange>

export const SecurityLogVerdict = z.object({
  isSound: z.boolean(),
  /** Entries that were checked, from the first one on. */
  checkedCount: z.number().int(),
  /** The first entry that was changed, is missing or was cut off; null when all are as they were written. */
  brokenSequence: z.number().int().nullable(),
  /** Of the last sound entry, in hex: note it outside of this system and you can prove later what the log held. */
  lastHash: z.string().nullable(),
  checkedAt: Instant,
})
export type SecurityLogVerdict = z.infer<typeof SecurityLogVerdict>

export const securityLogEndpoints = defineEndpoints('auth', {
  listSecurityEvents: {
    method: 'GET',
    path: '/security-log',
    summary: 'What was done to identities and rights here, newest first',
    access: 'auth.security-log.read',
    idempotency: 'safe',
    query: SecurityEventSearch,
    response: pageOf(SecurityEvent),
    status: 200,
    cost: 2,
  },
  verifySecurityLog: {
    method: 'GET',
    path: '/security-log/verify',
    summary: 'Check the chain of the security log from its first entry on',
    access: 'auth.security-log.read',
    idempotency: 'safe',
    response: SecurityLogVerdict,
    status: 200,
    cost: 50,
    timeoutMs: 60_000,
  },
  exportSecurityLogCsv: {
    method: 'GET',
    path: '/security-log/export.csv',
    summary: 'The security log of a range of time as CSV, oldest first',
    access: 'auth.security-log.read',
    idempotency: 'safe',
    query: SecurityLogRange,
    produces: 'text/csv',
    status: 200,
    cost: 50,
  },
  exportSecurityLogNdjson: {
    method: 'GET',
    path: '/security-log/export.ndjson',
    summary: 'The security log of a range of time, one JSON object a line, oldest first',
    access: 'auth.security-log.read',
    idempotency: 'safe',
    query: SecurityLogRange,
    produces: 'application/x-ndjson',
    status: 200,
    cost: 50,
  },
})
