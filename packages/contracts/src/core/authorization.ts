import { z } from 'zod'
import { isPermission, ROLE_PERMISSIONS, type Permission, type Role } from './permissions.ts'

/** Kinds of records that have an owner: whose they are decides who may see and change them. */
export const RECORD_TYPES = ['contact', 'company', 'deal', 'conversation'] as const
export const RecordType = z.enum(RECORD_TYPES)
export type RecordType = z.infer<typeof RecordType>

/** `own`: of this person. `team`: of anybody in a team of this person, and nobody's. `all`: of the organisation. */
export const RECORD_SCOPES = ['own', 'team', 'all'] as const
export const RecordScope = z.enum(RECORD_SCOPES)
export type RecordScope = z.infer<typeof RecordScope>

/** What may be done with a record that its scope reaches: `read` shows it, `write` changes it or acts on it. */
export type RecordAccess = 'read' | 'write'

/** How far reading and changing reach, per kind of record; a kind that is not named is `all`. Whoever cannot read a record cannot change it, whatever `write` says. */
export const RecordScopes = z.partialRecord(RecordType, z.object({ read: RecordScope, write: RecordScope }))
export type RecordScopes = z.infer<typeof RecordScopes>

export const scopeOf = (scopes: RecordScopes, record: RecordType, access: RecordAccess): RecordScope => scopes[record]?.[access] ?? 'all'

/** RECORD_SCOPES begins with the narrowest. */
export const isWithin = (scope: RecordScope, limit: RecordScope): boolean => RECORD_SCOPES.indexOf(scope) <= RECORD_SCOPES.indexOf(limit)

/** Whether somebody may read every record of the organisation. */
export const readsEverything = (scopes: RecordScopes): boolean => RECORD_TYPES.every((record) => scopeOf(scopes, record, 'read') === 'all')

/** What tells of all records of the organisation at once: nobody has these who may not read all of them. */
export const EVERY_RECORD_PERMISSIONS: ReadonlySet<string> = new Set<Permission>([
  'auth.organization.export',
  'crm.person.export',
  'crm.person.erase',
  'webhook.subscription.read',
  'webhook.subscription.manage',
  'platform.dead-letter.read',
  'platform.dead-letter.redrive',
])

/** `hidden`: the field is not there for this person. `read-only`: it is there and cannot be changed. */
export const FIELD_RULES = ['hidden', 'read-only'] as const
export const FieldRule = z.enum(FIELD_RULES)
export type FieldRule = z.infer<typeof FieldRule>

/** Rules per field of a kind of record; a field that is not named has none. */
export const FieldRules = z.partialRecord(RecordType, z.record(z.string().min(1).max(60), FieldRule))
export type FieldRules = z.infer<typeof FieldRules>

/** What shows records whole, beside every rule on their fields: nobody has these from whom a field is hidden. */
export const EVERY_FIELD_PERMISSIONS: ReadonlySet<string> = new Set<Permission>([
  'auth.organization.export',
  'crm.person.export',
  'webhook.subscription.read',
  'webhook.subscription.manage',
  'platform.dead-letter.read',
])

export const hidesNothing = (fields: FieldRules): boolean => Object.values(fields).every((rules) => !Object.values(rules ?? {}).includes('hidden'))

/** Of these permissions those that tell more than a role with such scopes and rules may know. */
export const tellingTooMuch = (permissions: readonly string[], scopes: RecordScopes, fields: FieldRules): readonly string[] =>
  permissions.filter(
    (permission) =>
      (EVERY_RECORD_PERMISSIONS.has(permission) && !readsEverything(scopes)) || (EVERY_FIELD_PERMISSIONS.has(permission) && !hidesNothing(fields)),
  )

/** What a custom role permits, as it travels in the access token. */
export const CustomGrant = z.object({
  roleId: z.uuid(),
  /** Names that this release does not know permit nothing: a newer release may have written them. */
  permissions: z.array(z.string().max(100)).max(500),
  scopes: RecordScopes,
  fields: FieldRules,
})
export type CustomGrant = z.infer<typeof CustomGrant>

/** Everything that a person is permitted in one organisation. */
export interface Rights {
  readonly permissions: ReadonlySet<Permission>
  readonly scopes: RecordScopes
  readonly fields: FieldRules
}

/** The one answer to what somebody may do: a built-in role's rights come from code and reach all records, a custom role brings its own. */
export function rightsOf(role: Role, grant: CustomGrant | null): Rights {
  if (!grant) return { permissions: ROLE_PERMISSIONS[role], scopes: {}, fields: {} }
  const { scopes, fields } = grant
  const kept = new Set(tellingTooMuch(grant.permissions, scopes, fields))
  return { permissions: new Set(grant.permissions.filter(isPermission).filter((permission) => !kept.has(permission))), scopes, fields }
}

/** How somebody has proven who they are (after RFC 8176). */
export const FACTORS = ['password', 'totp', 'passkey', 'recovery-code', 'remembered-device', 'sso'] as const
export type Factor = (typeof FACTORS)[number]
