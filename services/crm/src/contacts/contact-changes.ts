import type { Contact, contactUpdated, EventData, UpdateContact } from '@ai-crm/contracts'
import type { Updateable } from 'kysely'
import type { Tables } from '../tables.ts'
import { changeOfTags } from '../tags/known-tags.ts'
import type { Addresses } from './addresses.ts'

export type ContactChanges = EventData<typeof contactUpdated>['changes']

/** An update whose addresses are settled (`settleAddresses`). */
export type SettledUpdate = Omit<UpdateContact, keyof Addresses> & { [Field in keyof Addresses]?: Addresses[Field] | undefined }
type Editable = Pick<Contact, keyof UpdateContact>

const TEXTS = ['email', 'phone', 'company', 'companyId', 'position', 'note', 'ownerId'] as const
const LISTS = ['emails', 'phones', 'telegrams'] as const

/** From → to of the fields that the update really changes. */
export function changesBetween(current: Editable, update: SettledUpdate): ContactChanges {
  const changes: ContactChanges = {}
  if (update.name !== undefined && update.name !== current.name) changes.name = { from: current.name, to: update.name }
  for (const field of TEXTS) {
    const to = update[field]
    if (to !== undefined && to !== current[field]) changes[field] = { from: current[field], to }
  }
  const tagIds = changeOfTags(current.tagIds, update.tagIds)
  if (tagIds) changes.tagIds = tagIds
  for (const list of LISTS) Object.assign(changes, changeOfList(list, current[list], update[list]))
  return changes
}

const changeOfList = (list: string, from: readonly object[], to: readonly object[] | undefined): object =>
  to === undefined || JSON.stringify(to) === JSON.stringify(from) ? {} : { [list]: { from, to } }

/** The columns to write for the changes. */
export function newValues(changes: ContactChanges): Updateable<Tables['contact']> {
  const isList = (field: string) => LISTS.some((list) => list === field)
  const values = Object.entries(changes).map(([field, change]) => [field, isList(field) ? JSON.stringify(change?.to) : change?.to])
  return Object.fromEntries(values)
}
