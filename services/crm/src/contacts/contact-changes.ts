import { type Contact, type contactUpdated, type EventData, PERSON_FIELDS, type UpdateContact } from '@ai-crm/contracts'
import type { Updateable } from 'kysely'
import type { Tables } from '../tables.ts'
import { changeOfTags } from '../tags/known-tags.ts'
import type { Addresses } from './addresses.ts'

export type ContactChanges = EventData<typeof contactUpdated>['changes']

/** An update whose addresses are settled (`settleAddresses`). */
export type SettledUpdate = Omit<UpdateContact, keyof Addresses | 'custom'> & { [Field in keyof Addresses]?: Addresses[Field] | undefined }
type Editable = Omit<Pick<Contact, keyof UpdateContact>, 'custom'>

const TEXTS = ['email', 'phone', 'company', 'companyId', 'position', 'note', 'ownerId'] as const
const LISTS = ['emails', 'phones', 'telegrams'] as const

/** From → to of the built-in fields that the update really changes. */
export function changesBetween(current: Editable, update: SettledUpdate): ContactChanges {
  const changes: ContactChanges = {}
  if (update.name !== undefined && update.name !== current.name) changes.name = { from: current.name, to: update.name }
  for (const field of TEXTS) {
    const to = update[field]
    if (to !== undefined && to !== current[field]) changes[field] = { from: current[field], to }
  }
  for (const field of PERSON_FIELDS) Object.assign(changes, changeOfPerson(field, current[field], update[field]))
  const tagIds = changeOfTags(current.tagIds, update.tagIds)
  if (tagIds) changes.tagIds = tagIds
  for (const list of LISTS) Object.assign(changes, changeOfList(list, current[list], update[list]))
  return changes
}

const changeOfPerson = (field: string, from: string | null, to: string | null | undefined): object =>
  to === undefined || to === from ? {} : { [field]: { from, to } }

const changeOfList = (list: string, from: readonly object[], to: readonly object[] | undefined): object =>
  to === undefined || JSON.stringify(to) === JSON.stringify(from) ? {} : { [list]: { from, to } }

/** The columns to write for the changes, without the custom values. */
export function newValues({ custom: _custom, ...changes }: ContactChanges): Updateable<Tables['contact']> {
  const isList = (field: string) => LISTS.some((list) => list === field)
  const values = Object.entries(changes).map(([field, change]) => [field, isList(field) ? JSON.stringify(change?.to) : change?.to])
  return Object.fromEntries(values)
}
