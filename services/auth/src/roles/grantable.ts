import {
  isPermission,
  isRuledField,
  isWithin,
  tellingTooMuch,
  RecordType,
  ROLE_PERMISSIONS,
  scopeOf,
  type FieldRules,
  type Permission,
  type RecordScopes,
  type Rights,
  type Role,
} from '@ai-crm/contracts'
import { outranked } from '../members/errors.ts'
import type { LockedMember } from '../members/lock-members.ts'
import { mayHandle } from '../members/member.ts'
import { needsEveryRecord, notYoursToGrant, scopeTooWide, unknownField, unknownPermission, writesBeyondReading } from './errors.ts'

// The actor of these rules is the one of `lockActor`: what they have now, for the token may be older than the last change of it.

/**
 * Nobody can grant what they do not have: neither a permission nor a place above their own. Throws `notYoursToGrant`, `outranked` (403),
 * `unknownPermission` (422).
 */
export function requireGrantable(actor: LockedMember, role: Role, permissions: readonly string[]): Permission[] {
  const known = permissions.filter(isPermission)
  const unknown = permissions.find((name) => !isPermission(name))
  if (unknown !== undefined) throw unknownPermission(unknown)

  if (!mayHandle(actor, role)) throw outranked()
  const missing = known.filter((permission) => !actor.permissions.has(permission))
  if (missing.length > 0) throw notYoursToGrant(missing)
  return [...new Set(known)].toSorted()
}

/**
 * A role that hides less than the actor's own would show what the actor cannot see. Throws `unknownField` (422),
 * `notYoursToGrant` (403).
 */
export function requireFieldRules(actor: Pick<Rights, 'fields'>, fields: FieldRules): void {
  for (const record of RecordType.options) {
    const rules = fields[record] ?? {}
    const unknown = Object.keys(rules).find((field) => !isRuledField(record, field))
    if (unknown !== undefined) throw unknownField(`${record}.${unknown}`)
    const looser = Object.entries(actor.fields[record] ?? {}).filter(([field, rule]) => rules[field] !== 'hidden' && rules[field] !== rule)
    if (looser.length > 0) throw notYoursToGrant(looser.map(([field]) => `${record}.${field}`))
  }
}

/**
 * Nobody can let others reach records that they do not reach themselves. Throws `scopeTooWide` (403) and `writesBeyondReading` (422).
 */
export function requireScopes(actor: Pick<Rights, 'scopes'>, scopes: RecordScopes): void {
  for (const record of RecordType.options) {
    for (const access of ['read', 'write'] as const)
      if (!isWithin(scopeOf(scopes, record, access), scopeOf(actor.scopes, record, access))) throw scopeTooWide(`/scopes/${record}/${access}`)
    if (!isWithin(scopeOf(scopes, record, 'write'), scopeOf(scopes, record, 'read'))) throw writesBeyondReading(`/scopes/${record}/write`)
  }
}

/**
 * Who decides whose records are seen by whom, by teams and handing over, reaches all of them: else it would be a way to the rest.
 * Throws `scopeTooWide` (403).
 */
export function requireWholeReach(actor: Pick<Rights, 'scopes'>, field: string): void {
  if (RecordType.options.some((record) => scopeOf(actor.scopes, record, 'write') !== 'all')) throw scopeTooWide(field)
}

/** Webhooks, exports and failed events tell of whole records, and of all. Throws `needsEveryRecord` (422). */
export function requireNothingTold(permissions: readonly string[], scopes: RecordScopes, fields: FieldRules): void {
  const telling = tellingTooMuch(permissions, scopes, fields)
  if (telling.length > 0) throw needsEveryRecord(telling)
}

/** A built-in role gives its permissions over all records and all fields. Throws what the rules above throw. */
export function requireBuiltIn(actor: LockedMember, role: Role): void {
  requireGrantable(actor, role, [...ROLE_PERMISSIONS[role]])
  requireScopes(actor, {})
  requireFieldRules(actor, {})
}
