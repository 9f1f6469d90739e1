import {
  companyDeleted,
  companyRestored,
  companyUpdated,
  contactDeleted,
  contactRestored,
  contactUpdated,
  type CustomChanges,
  dealDeleted,
  dealRestored,
  dealUpdated,
  type ListRecord,
  type PendingEvent,
} from '@ai-crm/contracts'
import { type Moved, movedEvent, Standing } from '../deals/moved-event.ts'
import type { Stages } from '../stages/stage.ts'
import type { LetGo } from './let-go.ts'

export interface Change {
  readonly from: unknown
  readonly to: unknown
}

/** What shall become of one record: built-in fields by their names, the stage of a deal among them. */
export interface Plan {
  readonly changes: Readonly<Record<string, Change>>
  readonly custom: CustomChanges | null
  readonly life: 'deleted' | 'restored' | null
  /** What a record that comes back lets go of, because that is deleted itself: it is taken back when that comes back, too. */
  readonly letGo?: readonly LetGo[]
  /** What it cannot do of what was asked; the rest is done all the same. */
  readonly left?: { readonly code: string; readonly detail: string }
}

/** A record that is locked, at the version that it has, and what shall become of it. */
export interface Planned {
  readonly id: string
  readonly version: number
  readonly state: Whole
  readonly plan: Plan
}

/** What a comparison found, without what did not change; custom values stand apart. */
export const changesIn = (compared: object): Plan['changes'] =>
  Object.fromEntries(Object.entries(compared).filter(([field, change]) => field !== 'custom' && change !== undefined))

export const NOTHING: Plan = { changes: {}, custom: null, life: null }

export const isEmpty = ({ changes, custom, life }: Plan): boolean => life === null && custom === null && Object.keys(changes).length === 0

/** How many events tell of it: as many versions the record goes on. */
export function eventCountOf({ changes, custom, life }: Plan): number {
  if (life === 'restored') return 1
  const { stage, ...others } = changes
  return [Object.keys(others).length > 0 || custom !== null, stage !== undefined, life === 'deleted'].filter(Boolean).length
}

/** The events that tell of it, in their order: each is a version of the record. `stands`: where a deal stands after it was written, `stages`: of those that moved. */
export function eventsOf(
  record: ListRecord,
  id: string,
  { changes, custom, life }: Plan,
  state: Whole,
  stands: Moved | undefined,
  stages: Stages,
): PendingEvent[] {
  if (life === 'restored') return [TOLD[record].restored(id, { ...wholeOf(state, changes), ...stands })]
  const { stage, ...others } = changes
  const updated = { ...others, ...(custom ? { custom } : {}) }
  return [
    ...(Object.keys(updated).length > 0 ? [TOLD[record].updated(id, updated)] : []),
    ...(stage && stands ? [movedEvent(stages, Standing.parse(state), stands, 'moved')] : []),
    ...(life === 'deleted' ? [TOLD[record].deleted(id)] : []),
  ]
}

/** A record as it is, custom values among its fields. */
export type Whole = Readonly<Record<string, unknown>>

const wholeOf = (state: Whole, changes: Plan['changes']): Whole => ({
  ...state,
  ...Object.fromEntries(Object.entries(changes).map(([field, { to }]) => [field, to])),
})

interface Told {
  updated(id: string, changes: object): PendingEvent
  deleted(id: string): PendingEvent
  restored(id: string, whole: Whole): PendingEvent
}

const TOLD: Readonly<Record<ListRecord, Told>> = {
  contact: {
    updated: (contactId, changes) => contactUpdated({ contactId, changes: contactUpdated.data.shape.changes.strict().parse(changes) }),
    deleted: (contactId) => contactDeleted({ contactId }),
    restored: (contactId, whole) => contactRestored(contactRestored.data.parse({ ...whole, contactId, separatedFrom: null })),
  },
  company: {
    updated: (companyId, changes) => companyUpdated({ companyId, changes: companyUpdated.data.shape.changes.strict().parse(changes) }),
    deleted: (companyId) => companyDeleted({ companyId }),
    restored: (companyId, whole) => companyRestored(companyRestored.data.parse({ ...whole, companyId, separatedFrom: null })),
  },
  deal: {
    updated: (dealId, changes) => dealUpdated({ dealId, changes: dealUpdated.data.shape.changes.strict().parse(changes) }),
    deleted: (dealId) => dealDeleted({ dealId }),
    restored: (dealId, whole) => dealRestored(dealRestored.data.parse({ ...whole, dealId })),
  },
}
