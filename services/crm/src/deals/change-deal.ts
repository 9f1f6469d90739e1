import { type Deal, dealRanked, dealUpdated, type PendingEvent, type UpdateDeal } from '@ai-crm/contracts'
import { requireMember } from '@ai-crm/platform'
import { sql } from 'kysely'
import type { Ctx, Db, Scope } from '../ctx.ts'
import { changed, customChanges, customColumn } from '../fields/change-custom.ts'
import { holdRules, type MoveRules, requireStage } from '../stages/move-rules.ts'
import { makeStageTasks } from '../stages/stage-tasks.ts'
import { requireTags } from '../tags/known-tags.ts'
import { dealColumns, type DealRow, toDeal } from './deal.ts'
import { mayRead, mayWrite } from './deal-reach.ts'
import { changesBetween, type DealChanges, settleUpdate } from './deal-rules.ts'
import { movedEvent } from './moved-event.ts'
import { type Place, rankAt } from './rank.ts'
import { requireCompany, requireContacts } from './require-known.ts'

export type LockedDeal = DealRow & { rank: string; mayWrite: boolean }

/** A living deal within reach, held until the end of the transaction. */
export const lockDeal = (ctx: Ctx, db: Db, dealId: string): Promise<LockedDeal | undefined> =>
  db
    .selectFrom('deal')
    .select([...dealColumns(ctx), 'deal.rank', mayWrite(ctx).as('mayWrite')])
    .where('deal.id', '=', dealId)
    .where('deal.deletedAt', 'is', null)
    .where(mayRead(ctx))
    .forUpdate()
    .executeTakeFirst()

/**
 * Changes what differs of a locked deal; without a difference nothing happens. A new stage is told apart from the other fields, and so is another
 * place in its column; each counts as a version of its own. `held`: the rules of the new stage, where they were asked already. Throws what deal-rules, require-known, change-custom and move-rules
 * throw, and `notAMember` (422).
 */
export async function changeDeal(
  ctx: Ctx,
  scope: Pick<Scope, 'db' | 'emit' | 'emitAll'>,
  row: LockedDeal,
  { custom: given, ...input }: UpdateDeal,
  place: Place | null,
  held: MoveRules | null = null,
): Promise<Deal> {
  const { db } = scope
  const current = toDeal(row)
  const isMoved = input.stage !== undefined && input.stage !== current.stage
  const stageId = input.stage ?? current.stage
  const rules = isMoved ? (held ?? (await holdRules(ctx, db, [stageId], [current]))) : null
  const update = settleUpdate(current, input, rules ? requireStage(rules.stages, stageId).kind : current.stageKind)
  const custom = await customChanges(ctx, db, 'deal', given, current.custom)
  const changes = { ...changesBetween(current, update), ...(custom ? { custom } : {}) }
  const stage = rules?.enter({ ...current, ...withoutAbsent(update), custom: changed(current.custom, custom) }, current, stageId)
  const rank = place && (await rankAt(scope, current.id, stageId, place, isMoved))
  const isChanged = Object.keys(changes).length > 0
  const isRanked = !isMoved && rank !== null && rank !== row.rank
  const count = [isChanged, isMoved || isRanked].filter(Boolean).length
  if (count === 0) return current
  await requireNamed(ctx, db, current, changes)

  const stored = await store(ctx, db, current.id, { update, changes, custom, rank, count })
  const after = toDeal(stored)
  const events: PendingEvent[] = [
    ...(isChanged ? [dealUpdated({ dealId: current.id, changes })] : []),
    ...(rules ? [movedEvent(rules.stages, current, { ...after, rank: stored.rank }, 'moved')] : []),
    ...(isRanked ? [dealRanked({ dealId: current.id, rank: { from: row.rank, to: stored.rank } })] : []),
  ]
  for (const event of events) await scope.emit(event)
  if (stage) await makeStageTasks(ctx, scope, [{ dealId: after.id, ownerId: after.ownerId, stage }])
  return after
}

async function requireNamed(ctx: Ctx, db: Db, current: Deal, changes: DealChanges): Promise<void> {
  await requireMember(ctx, db, changes.ownerId?.to, 'ownerId')
  if (changes.companyId?.to) await requireCompany(ctx, db, changes.companyId.to)
  if (changes.contacts) await requireContacts(ctx, db, changes.contacts.to, current.contacts)
  if (changes.tagIds) await requireTags(db, changes.tagIds.to, changes.tagIds.from)
}

interface Change {
  readonly update: Omit<UpdateDeal, 'custom'>
  readonly changes: DealChanges
  readonly custom: DealChanges['custom'] | null
  readonly rank: string | null
  /** How many events tell of it. */
  readonly count: number
}

function store(ctx: Ctx, db: Db, dealId: string, { update: { contacts, ...columns }, changes, custom, rank, count }: Change) {
  return db
    .updateTable('deal')
    .set({
      ...columns,
      ...(changes.tagIds ? { tagIds: changes.tagIds.to } : {}),
      ...(contacts ? { contacts: JSON.stringify(contacts) } : {}),
      ...customColumn(custom ?? null),
      ...(rank === null ? {} : { rank }),
      version: sql<number>`version + ${count}`,
      updatedAt: sql<Date>`date_trunc('milliseconds', now())`,
    })
    .where('deal.id', '=', dealId)
    .returning([...dealColumns(ctx), 'deal.rank'])
    .executeTakeFirstOrThrow()
}

const withoutAbsent = (update: object): object => Object.fromEntries(Object.entries(update).filter(([, value]) => value !== undefined))
