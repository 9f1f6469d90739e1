import { isCurrency, type Deal, type dealUpdated, type EventData, type StageKind, type UpdateDeal } from '@ai-crm/contracts'
import { changeOfTags } from '../tags/known-tags.ts'
import { amountIncomplete, contactTwice, currencyUnknown, reasonWithoutLoss } from './errors.ts'

export type DealChanges = EventData<typeof dealUpdated>['changes']

type Editable = Omit<Pick<Deal, keyof UpdateDeal>, 'custom'>
type Update = Omit<UpdateDeal, 'custom'>

/**
 * The update of a deal that will stand in a stage of the kind, with what follows from it: whoever leaves a lost stage leaves the reason. Throws where the deal would be none: an
 * amount without its currency, a currency that does not exist, a reason without a loss, somebody twice (all 422).
 */
export function settleUpdate(current: Editable, update: Update, stageKind: StageKind): Update {
  const isLost = stageKind === 'lost'
  const settled = !isLost && update.lostReason === undefined && current.lostReason !== null ? { ...update, lostReason: null } : update
  requireSound({ ...current, ...withoutAbsent(settled), stageKind })
  return settled
}

type Sound = Pick<Editable, 'amountMinor' | 'currency' | 'lostReason' | 'contacts'> & { readonly stageKind: StageKind }

export function requireSound({ amountMinor, currency, stageKind, lostReason, contacts }: Sound): void {
  if (amountMinor === null && currency !== null) throw amountIncomplete('amountMinor')
  if (amountMinor !== null && currency === null) throw amountIncomplete('currency')
  if (currency !== null && !isCurrency(currency)) throw currencyUnknown(currency)
  if (lostReason !== null && stageKind !== 'lost') throw reasonWithoutLoss()
  const twice = contacts.findIndex(({ contactId }, index) => contacts.findIndex((other) => other.contactId === contactId) < index)
  if (twice >= 0) throw contactTwice(twice)
}

const withoutAbsent = (update: Update): Partial<Editable> => Object.fromEntries(Object.entries(update).filter(([, value]) => value !== undefined))

/** From → to of the built-in fields that the update really changes, without the stage. */
export function changesBetween(current: Editable, update: Update): DealChanges {
  const changes: DealChanges = {}
  if (update.title !== undefined && update.title !== current.title) changes.title = { from: current.title, to: update.title }
  if (update.amountMinor !== undefined && update.amountMinor !== current.amountMinor)
    changes.amountMinor = { from: current.amountMinor, to: update.amountMinor }
  if (update.contacts !== undefined && JSON.stringify(update.contacts) !== JSON.stringify(current.contacts))
    changes.contacts = { from: current.contacts, to: update.contacts }
  const tagIds = changeOfTags(current.tagIds, update.tagIds)
  if (tagIds) changes.tagIds = tagIds
  for (const field of ['currency', 'lostReason', 'expectedCloseOn', 'companyId', 'ownerId'] as const) {
    const to = update[field]
    if (to !== undefined && to !== current[field]) changes[field] = { from: current[field], to }
  }
  return changes
}
