import { CUSTOM_PREFIX, type ListRecord, type Permission, rulesWithin } from '@ai-crm/contracts'
import { type Asker, fieldDenied } from '@ai-crm/platform'
import { operationDenied } from './errors.ts'

/** Whether the role of whoever asks hides or locks the field; a custom one is `custom.<id>`. */
export const isLocked = ({ rights }: Asker, record: ListRecord, field: string): boolean => Object.hasOwn(rulesWithin(record, rights?.fields[record]), field)

/** For bodies in which the fields stand deeper than the platform looks. Throws `fieldDenied` (403), naming all of them. */
export function requireUnlocked(asker: Asker, record: ListRecord, set: object): void {
  const { custom, ...others } = { custom: undefined, ...set }
  const ids = typeof custom === 'object' && custom !== null ? Object.keys(custom) : []
  const fields = [...Object.entries(others).flatMap(([field, value]) => (value === undefined ? [] : [field])), ...ids.map((id) => CUSTOM_PREFIX + id)]
  const locked = fields.filter((field) => isLocked(asker, record, field))
  if (locked.length > 0) throw fieldDenied(locked)
}

/** What a route would ask for where one route does several things. Throws `operationDenied` (403). */
export function requirePermissions({ rights }: Asker, permissions: readonly Permission[], what: string): void {
  if (rights && permissions.some((permission) => !rights.permissions.has(permission))) throw operationDenied(what)
}
