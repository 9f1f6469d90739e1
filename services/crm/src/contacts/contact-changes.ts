import type { Contact, contactUpdated, EventData, UpdateContact } from '@ai-crm/contracts'

export type ContactChanges = EventData<typeof contactUpdated>['changes']

type Editable = Pick<Contact, keyof UpdateContact>

/** From → to of the fields that the update really changes. */
export function changesBetween(current: Editable, update: UpdateContact): ContactChanges {
  const changes: ContactChanges = {}
  if (update.name !== undefined && update.name !== current.name) changes.name = { from: current.name, to: update.name }
  for (const field of ['email', 'phone', 'company', 'companyId', 'position', 'note', 'ownerId'] as const) {
    const to = update[field]
    if (to !== undefined && to !== current[field]) changes[field] = { from: current[field], to }
  }
  return changes
}

/** The columns to write for the changes. */
export function newValues(changes: ContactChanges): UpdateContact {
  return Object.fromEntries(Object.entries(changes).map(([field, change]) => [field, change?.to]))
}
