import { CompaniesChange, ContactsChange, DealsChange, type ListRecord } from '@ai-crm/contracts'
import { AppError, notFound, writable } from '@ai-crm/platform'
import { applyPlans } from '../changes/apply-plans.ts'
import { type LockedRecord, lockRecords, type StateOf } from '../changes/lock-records.ts'
import { holdRules, type MoveRules, readRules } from '../stages/move-rules.ts'
import { planCompaniesChange, planContactsChange, planDealsChange } from '../changes/plan-change.ts'
import { planRestore } from '../changes/plan-restore.ts'
import { planUndo } from '../changes/plan-undo.ts'
import { isEmpty, NOTHING, type Plan, type Planned } from '../changes/plan.ts'
import { eventsWithin, type RecordEvent } from '../changes/record-events.ts'
import { lockTree } from '../companies/company-tree.ts'
import type { Ctx, Db, Scope } from '../ctx.ts'
import type { Asked } from './asked.ts'
import type { Outcome } from './operation-progress.ts'

/** One of the records of an operation; versions are those of what it is to take back. */
export interface Item {
  readonly ordinal: number
  readonly recordId: string
  readonly first: number | null
  readonly last: number | null
}

/** What shall become of it, or why nothing can. */
export interface Decided {
  readonly item: Item
  readonly locked: LockedRecord<StateOf[ListRecord]> | undefined
  readonly plan: Plan | null
  readonly refusal: { readonly code: string; readonly detail: string } | null
}

/** The rules of the stages that deals of the batch may enter. */
export type RulesOf = (targets: readonly string[]) => Promise<MoveRules>

type Decide = (locked: LockedRecord<StateOf[ListRecord]>, item: Item) => Plan | Promise<Plan>

/**
 * Looks at the records and decides, without doing anything; `isLocking` where it is to be done: then what is wrong with all of it is the
 * reason of each. A preview throws it.
 */
export async function decideBatch(ctx: Ctx, db: Db, record: ListRecord, asked: Asked, items: readonly Item[], isLocking: boolean): Promise<Decided[]> {
  if (record === 'company' && (asked.do === 'undo' || asked.do === 'restore') && isLocking) await lockTree(ctx, db)
  const found = await lockRecords(
    ctx,
    db,
    record,
    items.map(({ recordId }) => recordId),
    isLocking,
  )
  const movers = [...found.values()].flatMap(({ state }) => ('stage' in state ? [state] : []))
  const rulesOf: RulesOf = (targets) => (isLocking ? holdRules : readRules)(ctx, db, targets, movers)
  const preparing = prepare(ctx, db, record, asked, items, found, rulesOf)
  const decide = await (isLocking ? preparing.catch(asReason) : preparing)
  const decided: Decided[] = []
  for (const item of items) decided.push(await decideOne(record, found.get(item.recordId), item, decide))
  return decided
}

async function decideOne(record: ListRecord, found: LockedRecord<StateOf[ListRecord]> | undefined, item: Item, decide: Decide | AppError): Promise<Decided> {
  try {
    const locked = writable(found, record)
    if (decide instanceof AppError) throw decide
    return { item, locked, plan: await decide(locked, item), refusal: null }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return { item, locked: found, plan: null, refusal: { code: error.code, detail: error.message } }
  }
}

type Found = ReadonlyMap<string, LockedRecord<StateOf[ListRecord]>>

/** What holds for the whole batch is asked once. */
async function prepare(ctx: Ctx, db: Db, record: ListRecord, asked: Asked, items: readonly Item[], found: Found, rulesOf: RulesOf): Promise<Decide> {
  if (asked.do === 'undo') return prepareUndo(ctx, db, record, items, found, rulesOf)
  if (asked.do === 'restore') return planRestore(ctx, db, record, [...found.values()], asked.withoutTaken)
  if (asked.do === 'delete') return ({ isDeleted }) => (isDeleted ? NOTHING : { ...NOTHING, life: 'deleted' })
  return prepareChange(ctx, db, record, asked.set, rulesOf)
}

function asReason(error: unknown): AppError {
  if (error instanceof AppError) return error
  throw error
}

/** Throws what would be wrong with every record. */
export async function prepareChange(ctx: Ctx, db: Db, record: ListRecord, set: unknown, rulesOf: RulesOf): Promise<Decide> {
  const plan = await PLANNERS[record](ctx, db, set, rulesOf)
  return ({ state, isDeleted }) => {
    if (isDeleted) throw notFound(record)
    return plan(state)
  }
}

type Planner = (ctx: Ctx, db: Db, set: unknown, rulesOf: RulesOf) => Promise<(state: StateOf[ListRecord]) => Plan>
const ofAnotherKind = () => new Error('A record of another kind than the operation is about.')

const PLANNERS: Readonly<Record<ListRecord, Planner>> = {
  contact: async (ctx, db, set) => {
    const plan = await planContactsChange(ctx, db, ContactsChange.parse(set))
    return (state) => {
      if (!('emails' in state)) throw ofAnotherKind()
      return plan(state)
    }
  },
  company: async (ctx, db, set) => {
    const plan = await planCompaniesChange(ctx, db, CompaniesChange.parse(set))
    return (state) => {
      if (!('domains' in state)) throw ofAnotherKind()
      return plan(state)
    }
  },
  deal: async (ctx, db, set, rulesOf) => {
    const plan = await planDealsChange(ctx, db, DealsChange.parse(set), rulesOf)
    return (state) => {
      if (!('stage' in state)) throw ofAnotherKind()
      return plan(state)
    }
  },
}

async function prepareUndo(ctx: Ctx, db: Db, record: ListRecord, items: readonly Item[], found: Found, rulesOf: RulesOf): Promise<Decide> {
  const spans = items.flatMap(({ recordId, first, last }) => (first === null || last === null ? [] : [{ id: recordId, first, last }]))
  const events = Map.groupBy(await eventsWithin(db, record, spans), ({ recordId }) => recordId)
  const eventsOf = (id: string): RecordEvent[] => events.get(id) ?? []
  const undone = [...found.values()].map((locked) => ({ locked, events: eventsOf(locked.state.id) }))
  const plan = await planUndo(ctx, db, record, undone, rulesOf)
  return (locked) => plan({ locked, events: eventsOf(locked.state.id) })
}

/** Does what was decided, in this transaction, and says what became of each. */
export async function doBatch(ctx: Ctx, scope: Pick<Scope, 'db' | 'emitAll' | 'enqueue'>, record: ListRecord, decided: readonly Decided[]): Promise<Outcome[]> {
  const planned = decided.flatMap(({ locked, plan }): Planned[] =>
    locked && plan && !isEmpty(plan) ? [{ id: locked.state.id, version: locked.state.version, state: { ...locked.state }, plan }] : [],
  )
  const versions = planned.length === 0 ? new Map() : await applyPlans(ctx, scope, record, planned)
  return decided.map(({ item: { ordinal, recordId }, plan, refusal }): Outcome => {
    if (refusal) return { ordinal, recordId, outcome: 'skipped', ...refusal }
    const made = versions.get(recordId)
    return made ? { ordinal, recordId, outcome: 'changed', versions: made, ...plan?.left } : { ordinal, recordId, outcome: 'unchanged' }
  })
}
