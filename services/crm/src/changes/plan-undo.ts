import { CUSTOM_PREFIX, type CustomChanges, type Deal, type ListRecord } from '@ai-crm/contracts'
import { AppError, notFound } from '@ai-crm/platform'
import { isDeepStrictEqual } from 'node:util'
import { requireParent } from '../companies/company-tree.ts'
import type { Ctx, Db } from '../ctx.ts'
import { requireSound } from '../deals/deal-rules.ts'
import { changed } from '../fields/change-custom.ts'
import { valuesUnfit } from '../fields/errors.ts'
import type { MoveRules } from '../stages/move-rules.ts'
import { changedSince, fieldLocked, referenceGone } from './errors.ts'
import { isLocked, requirePermissions } from './field-locks.ts'
import type { LockedRecord, StateOf } from './lock-records.ts'
import { planRestore } from './plan-restore.ts'
import { type Change, isEmpty, NOTHING, type Plan } from './plan.ts'
import { readTold, type RecordEvent } from './record-events.ts'
import { findReferences, namedIn, type References } from './references.ts'
import { combine, groupsOf, isBack, isUntouched, mayRename, type Undoing } from './undo-fields.ts'
import { beforeOf } from './undo-values.ts'
import { workedOnSince } from './worked-on-since.ts'

export interface Undone {
  readonly locked: LockedRecord<StateOf[ListRecord]>
  /** What is taken back, in its order. */
  readonly events: readonly RecordEvent[]
}

interface Known {
  readonly ctx: Ctx
  readonly db: Db
  readonly record: ListRecord
  readonly references: References
  /** Custom fields that are there, and whether they may be empty. */
  readonly fields: ReadonlyMap<string, { isRequired: boolean }>
  /** Null where no stage is left. */
  readonly rules: MoveRules | null
}

/** What cannot go back, of a record of which something else can. */
type Left = { readonly error: AppError; readonly field: string }

/**
 * Takes events back: each field becomes what it was, where it still is what they made of it. The questions are asked once for all records.
 * Plans one after the other; throws where nothing of a record can go back, `changedSince` or `referenceGone` (409) among it.
 */
export async function planUndo(
  ctx: Ctx,
  db: Db,
  record: ListRecord,
  records: readonly Undone[],
  rulesOf: (targets: readonly string[]) => Promise<MoveRules>,
): Promise<(one: Undone) => Promise<Plan>> {
  const undoings = new Map(records.map(({ locked, events }) => [locked.state.id, combine(events.flatMap((event) => readTold(event) ?? []))]))
  const all = [...undoings.values()]
  const wasDeleted = records.filter(({ locked }) => undoings.get(locked.state.id)?.life === 'deleted').map(({ locked }) => locked)
  const values = all.flatMap(({ changes }) => Object.entries(changes).map(([field, { from }]) => ({ field, value: from })))
  const moments = records.flatMap(({ locked, events }) => {
    const [first, last, life] = [events[0], events.at(-1), undoings.get(locked.state.id)?.life]
    if (!first || !last || !life) return []
    // Of what was made nothing may be left but that.
    const isAnyCause = life === 'created'
    return [{ id: locked.state.id, version: isAnyCause ? last.version : first.version, isAnyCause }]
  })
  const targets = stagesOf(all)
  const [references, fields, rules, restore, worked] = await Promise.all([
    findReferences(db, namedIn(values)),
    knownFields(db, record, [...new Set(all.flatMap(({ custom }) => Object.keys(custom)))]),
    targets.length === 0 ? null : rulesOf(targets),
    planRestore(ctx, db, record, wasDeleted, false),
    workedOnSince(db, record, moments),
  ])
  const known: Known = { ctx, db, record, references, fields, rules }
  return async ({ locked }) => {
    const undoing = undoings.get(locked.state.id)
    if (!undoing) return NOTHING
    requirePermissions(ctx, [`crm.${record}.${undoing.life === null ? 'update' : 'delete'}`], undoing.life === null ? 'change' : 'delete')
    if (undoing.life === null && locked.isDeleted) throw notFound(record)
    if (undoing.life !== null && locked.isDeleted === (undoing.life !== 'deleted')) return NOTHING
    if (undoing.life !== null && worked.has(locked.state.id)) throw changedSince('')
    if (undoing.life === 'deleted') return restore(locked)
    if (undoing.life !== null) return { ...NOTHING, life: 'deleted' }
    return planFields(known, locked.state, undoing)
  }
}

async function planFields(known: Known, state: StateOf[ListRecord], undoing: Undoing): Promise<Plan> {
  const left: Left[] = []
  const changes = await planBuiltIn(known, state, undoing, left)
  const custom = planCustom(known, state, undoing.custom, left)
  const wanted: Plan = { changes: { ...changes, ...forgottenReason(known, state, changes) }, custom, life: null }
  const plan = known.record === 'deal' ? withoutUnsound(known, state, wanted, left) : wanted
  const [first] = left
  if (!first) return plan
  if (isEmpty(plan)) throw first.error
  return { ...plan, left: { code: first.error.code, detail: left.map(({ field }) => field).join(', ') } }
}

async function planBuiltIn(known: Known, state: StateOf[ListRecord], { changes }: Undoing, left: Left[]): Promise<Record<string, Change>> {
  const current: Readonly<Record<string, unknown>> = { ...state }
  const planned: Record<string, Change> = {}
  for (const group of groupsOf(known.record, changes)) {
    const [first] = group
    if (!first || isBack(group, current)) continue
    const name = first.field
    const isTags = name === 'tagIds'
    if (group.some(({ field }) => isLocked(known.ctx, known.record, field))) left.push({ error: fieldLocked(name), field: name })
    else if (!isTags && !(isUntouched(group, current) && mayRename(group, current))) left.push({ error: changedSince(name), field: name })
    else {
      const before = group.map((field) => ({ field, before: beforeOf(field, { id: state.id, current, references: known.references }) }))
      const error = before.flatMap(({ before: one }) => ('cannot' in one ? [one.cannot] : (one.left ?? [])))[0] ?? (await unsoundParent(known, state.id, group))
      if (error) left.push({ error, field: name })
      for (const { field, before: one } of before)
        if (!('cannot' in one) && (!error || one.left === error) && !isDeepStrictEqual(one.value ?? null, current[field.field] ?? null))
          planned[field.field] = { from: current[field.field] ?? null, to: one.value ?? null }
    }
  }
  return { ...planned, ...nameOfLinked(known, current, planned) }
}

/** A company that is linked again names itself, whatever was written meanwhile. */
function nameOfLinked({ record, references }: Known, current: Readonly<Record<string, unknown>>, planned: Plan['changes']): Record<string, Change> | null {
  const linked = planned['companyId']?.to
  const name = record === 'contact' && typeof linked === 'string' ? references.companies.get(linked)?.name : undefined
  return name === undefined || name === current['company'] ? null : { company: { from: current['company'] ?? null, to: name } }
}

/** Companies belong to each other as a tree: whether this one may go back to where it was. After lockTree. */
async function unsoundParent(
  { ctx, db, references }: Known,
  companyId: string,
  group: readonly { field: string; change: Change }[],
): Promise<AppError | undefined> {
  const parentId = group.find(({ field }) => field === 'parentId')?.change.from
  if (typeof parentId !== 'string') return undefined
  try {
    await requireParent(ctx, db, companyId, references.companies.get(parentId)?.id ?? parentId)
    return undefined
  } catch (error) {
    if (error instanceof AppError) return error
    throw error
  }
}

function planCustom(known: Known, state: StateOf[ListRecord], custom: CustomChanges, left: Left[]): CustomChanges | null {
  const planned: CustomChanges = {}
  for (const [id, { from, to }] of Object.entries(custom)) {
    const field = `${CUSTOM_PREFIX}${id}`
    const now = state.custom[id] ?? null
    const definition = known.fields.get(id)
    if (isDeepStrictEqual(now, from)) continue
    if (isLocked(known.ctx, known.record, field)) left.push({ error: fieldLocked(field), field })
    else if (!definition) left.push({ error: referenceGone(field), field })
    else if (!isDeepStrictEqual(now, to)) left.push({ error: changedSince(field), field })
    else if (from === null && definition.isRequired) left.push({ error: valuesUnfit([{ fieldId: id, message: 'Must not be empty' }]), field })
    else planned[id] = { from: now, to: from }
  }
  return Object.keys(planned).length > 0 ? planned : null
}

/** Whoever leaves a lost stage leaves the reason, backwards as forwards. */
function forgottenReason(known: Known, state: StateOf[ListRecord], { stage, lostReason }: Readonly<Record<string, Change>>): Record<string, Change> | null {
  const isLeft = stage && !lostReason && isDeal(state) && state.lostReason !== null && kindOf(known, stage) !== 'lost'
  return isLeft ? { lostReason: { from: state.lostReason, to: null } } : null
}

/** A deal that would be none without what was changed since: then its stage stays, or it is left as it is. */
function withoutUnsound(known: Known, state: StateOf[ListRecord], plan: Plan, left: Left[]): Plan {
  const wrong = unsound(known, state, plan)
  if (!wrong) return plan
  const { stage, lostReason, ...changes } = plan.changes
  const rest = { ...plan, changes }
  if (!stage && !lostReason) throw wrong
  left.push({ error: wrong, field: stage ? 'stage' : 'lostReason' })
  const still = unsound(known, state, rest)
  if (still) throw still
  return rest
}

function unsound(known: Known, state: StateOf[ListRecord], { changes, custom }: Plan): AppError | null {
  const after = { ...state, ...Object.fromEntries(Object.entries(changes).map(([field, { to }]) => [field, to])) }
  if (!isDeal(after)) return null
  try {
    requireSound({ ...after, stageKind: kindOf(known, changes['stage']) ?? after.stageKind })
    if (changes['stage'] && isDeal(state)) known.rules?.enter({ ...after, custom: changed(state.custom, custom) }, state, after.stage)
    return null
  } catch (error) {
    if (error instanceof AppError) return error
    throw error
  }
}

const isDeal = (state: object): state is Deal => 'stage' in state

async function knownFields(db: Db, record: ListRecord, ids: readonly string[]): Promise<Known['fields']> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('field')
    .select(['id', 'isRequired'])
    .where('record', '=', record)
    .where('id', 'in', [...ids])
    .where('deletedAt', 'is', null)
    .execute()
  return new Map(rows.map(({ id, isRequired }) => [id, { isRequired }]))
}

/** The stages that deals would go back to. */
function stagesOf(undoings: readonly Undoing[]): string[] {
  const before = undoings.map(({ changes }) => changes['stage']?.from)
  return [...new Set(before.filter((stage) => typeof stage === 'string'))]
}

const kindOf = ({ rules }: Known, stage: Change | undefined) => (typeof stage?.to === 'string' ? rules?.stages.get(stage.to)?.kind : undefined)
