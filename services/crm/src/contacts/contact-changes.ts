import type { Contact, contactUpdated, EventData, UpdateContact } from '@ai-crm/contracts'

export type ContactChanges = EventData<typeof contactUpdated>['changes']

type Editable = Omit<Pick<Contact, keyof UpdateContact>, 'custom'>

/** From → to of the built-in fields that the update really changes. */
export function changesBetween(current: Editable, update: UpdateContact): ContactChanges {
  const changes: ContactChanges = {}
  if (update.name !== undefined && update.name !== current.name) changes.name = { from: current.name, to: update.name }
  for (const field of ['email', 'phone', 'company', 'companyId', 'position', 'note', 'ownerId'] as const) {
    const to = update[field]
    if (to !== undefined && to !== current[field]) changes[field] = { from: current[field], to }
  }
  return changes
}

/** The columns to write for the changes, without the custom values. */
export function newValues({ custom: _custom, ...changes }: ContactChanges): Omit<UpdateContact, 'custom'> {
  return Object.fromEntries(Object.entries(changes).map(([field, change]) => [field, change?.to]))
}
