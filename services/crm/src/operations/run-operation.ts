import { isInfrastructureFailure, isPassingFailure, type Job } from '@ai-crm/platform'
import { z } from 'zod'
import type { Ctx, Db, Scope } from '../ctx.ts'
import { Asked } from './asked.ts'
import { batchCommitted } from './batch-committed.ts'
import { decideBatch, doBatch, type Item } from './do-batch.ts'
import { fileNextUndone } from './file-undone.ts'
import type { OperationRow } from './operation.ts'
import { type MadeBefore, madeBefore, type MadeItem, nextMade } from './operation-made.ts'
import { finishOperation, noteOutcomes, type Outcome, takeOperation } from './operation-progress.ts'
import { askedBy } from './operation-rights.ts'
import { takeMadeBack } from './take-made-back.ts'
import { tellingOf } from './telling-many.ts'

/** Records in one transaction: what a screen waits behind for some dozens of milliseconds. */
const BATCH = 200
/** What is not done by then goes on in the next job: others get their turn. */
const ENOUGH_MS = 60_000

/** Goes through the records of an operation; runs `run`. */
export const runOperation: Job<{ operationId: string }> = { name: 'crm.run-operation', payload: z.object({ operationId: z.uuid() }) }

/**
 * Batch after batch, each with its outcomes in one transaction: whoever goes on after a crash begins with what has no outcome. What fails
 * as a whole is done one by one, and what fails then is skipped.
 */
export async function run(ctx: Ctx, { operationId }: { operationId: string }): Promise<void> {
  const row = await ctx.db.selectFrom('operation').select(['asked', 'rights', 'undoesId']).where('id', '=', operationId).executeTakeFirst()
  if (!row) return
  const made = await madeBefore(ctx.db, row.undoesId)
  const work = { operationId, asked: Asked.parse(row.asked), asker: askedBy(ctx, row.rights), made }
  const startedMs = performance.now()
  for (let step: Step = -1; step !== 'over';) {
    if (ctx.signal.aborted) return
    step = await batchOrSingles(ctx, work, step)
    batchCommitted(runOperation.name)
    if (step !== 'over' && performance.now() - startedMs > ENOUGH_MS)
      return ctx.write(({ enqueue }) => enqueue(runOperation, { operationId }, { key: operationId }))
  }
}

/** Nobody goes on with it: whoever waits for it is told, and what it did stays and can be undone. */
export const giveUp = (ctx: Ctx, { operationId }: { operationId: string }): Promise<void> =>
  ctx.write(async (scope) => void (await finishOperation(scope, operationId, 'failed')))

interface Work {
  readonly operationId: string
  readonly asked: Asked
  /** Whoever started it. */
  readonly asker: Ctx
  readonly made: MadeBefore | null
}

/** The ordinal up to which all is done with: whoever looks for what waits need not pass by what waited, of which the index keeps a trace for a while. */
type Step = number | 'over'

async function batchOrSingles(ctx: Ctx, work: Work, after: number): Promise<Step> {
  try {
    return await doSome(ctx, work, after, BATCH)
  } catch (error) {
    if (isInfrastructureFailure(error) || ctx.signal.aborted) throw error
    ctx.log.warn({ err: error, operationId: work.operationId }, 'a batch of an operation failed; its records are done one by one')
  }
  let step: Step = after
  for (let done = 0; done < BATCH && step !== 'over' && !ctx.signal.aborted; done += 1) step = await single(ctx, work, step)
  return step
}

async function single(ctx: Ctx, work: Work, after: number): Promise<Step> {
  const { operationId } = work
  try {
    return await doSome(ctx, work, after, 1)
  } catch (error) {
    if (isPassingFailure(error) || ctx.signal.aborted) throw error
    ctx.log.error({ err: error, operationId }, 'a record of an operation could not be done')
    return ctx.write(async (scope) => {
      const operation = await takeOperation(scope.db, operationId)
      if (!operation) return 'over'
      const portion = await nextPortion(scope.db, operation, work, after, 1)
      const [item] = portion?.items ?? []
      const recordId = portion?.of === 'records' ? (item?.recordId ?? null) : null
      if (item) await noteOutcomes(ctx, scope, operationId, [{ ordinal: item.ordinal, recordId, outcome: 'skipped', code: 'crm.operation.failed' }])
      return portion ? endOf(portion, after) : after
    })
  }
}

async function doSome(ctx: Ctx, work: Work, after: number, limit: number): Promise<Step> {
  const { operationId } = work
  return ctx.write(async (scope) => {
    const operation = await takeOperation(scope.db, operationId)
    if (!operation) return 'over'
    const portion = await nextPortion(scope.db, operation, work, after, limit)
    if (!portion) {
      await finishOperation(scope, operationId, 'done')
      return 'over'
    }
    const emitAll = tellingOf(scope, operation.total ?? 0)
    await noteOutcomes(ctx, scope, operationId, await doPortion({ ...scope, emitAll }, operation, work, portion))
    return endOf(portion, after)
  })
}

async function doPortion(
  scope: Pick<Scope, 'db' | 'emitAll' | 'enqueue'>,
  { id, record }: OperationRow,
  { asker, asked }: Work,
  portion: Portion,
): Promise<Outcome[]> {
  if (portion.of === 'made') return takeMadeBack(asker, scope, portion.before, id, portion.items)
  return doBatch(asker, scope, record, await decideBatch(asker, scope.db, record, asked, portion.items, true))
}

type Portion =
  | { readonly of: 'records'; readonly items: readonly Item[] }
  | { readonly of: 'made'; readonly before: MadeBefore; readonly items: readonly MadeItem[] }

/** What was made beside records is behind all of them, whenever it is done. */
const endOf = ({ of, items }: Portion, after: number): number => (of === 'records' ? (items.at(-1)?.ordinal ?? after) : after)

/** What an import made goes after the records that have it, and comes back before them. Null where nothing is left. */
async function nextPortion(db: Db, operation: OperationRow, { made }: Work, after: number, limit: number): Promise<Portion | null> {
  const beside = async (isWanted: boolean | undefined): Promise<Portion | null> => {
    if (!made || !isWanted) return null
    const items = await nextMade(db, operation.id, made, limit)
    return items.length > 0 ? { of: 'made', before: made, items } : null
  }
  const first = await beside(made?.isRemoving === false)
  if (first) return first
  const items = await nextItems(db, operation, after, limit)
  return items.length > 0 ? { of: 'records', items } : beside(made?.isRemoving)
}

/** What an undo is about is filed as it goes on. */
async function nextItems(db: Db, { id, undoesId }: Pick<OperationRow, 'id' | 'undoesId'>, after: number, limit: number): Promise<Item[]> {
  const items = await waitingItems(db, id, after, limit)
  if (items.length > 0 || undoesId === null) return items
  await fileNextUndone(db, id, undoesId)
  return waitingItems(db, id, after, limit)
}

async function waitingItems(db: Db, operationId: string, after: number, limit: number): Promise<Item[]> {
  const rows = await db
    .selectFrom('operationRecord')
    .select(['ordinal', 'recordId', 'firstVersion', 'lastVersion'])
    .where('operationId', '=', operationId)
    .where('outcome', '=', 'waiting')
    .where('ordinal', '>', after)
    .orderBy('ordinal')
    .limit(limit)
    .execute()
  return rows.flatMap(({ ordinal, recordId, firstVersion: first, lastVersion: last }) => (recordId === null ? [] : [{ ordinal, recordId, first, last }]))
}
