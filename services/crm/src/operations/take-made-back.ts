import { stillUsed } from '../changes/errors.ts'
import { companiesInUse } from '../companies/companies-in-use.ts'
import type { Ctx, Db, Scope } from '../ctx.ts'
import { endUnusedTags, reviveTags, type TagStep } from '../tags/tags-of-imports.ts'
import { decideBatch, type Decided, doBatch } from './do-batch.ts'
import { type MadeBefore, type MadeItem, noteMoved } from './operation-made.ts'
import type { Outcome } from './operation-progress.ts'

type Write = Pick<Scope, 'db' | 'emitAll' | 'enqueue'>
/** `version`: of the event that moved it; null where it stays. */
type Done = { readonly outcome: Outcome; readonly place: number; readonly version: number | null }

/**
 * Removes what an import made and nobody has used or changed since, or brings it back where the removal is undone. What stays is told with the reason, and
 * with its name in place of a detail where that is in sight. Outcomes have no `recordId`: the records of the operation are of another kind.
 */
export async function takeMadeBack(ctx: Ctx, scope: Write, before: MadeBefore, operationId: string, items: readonly MadeItem[]): Promise<Outcome[]> {
  const of = (kind: MadeItem['kind']) => items.filter((item) => item.kind === kind)
  const done = [...(await moveCompanies(ctx, scope, of('company'), before.isRemoving)), ...(await moveTags(ctx, scope, of('tag'), before.isRemoving))]
  await noteMoved(
    scope.db,
    before,
    operationId,
    done.flatMap(({ place, version }) => (version === null ? [] : [{ place, version }])),
  )
  return done.map(({ outcome }) => outcome)
}

async function moveCompanies(ctx: Ctx, scope: Write, items: readonly MadeItem[], isRemoving: boolean): Promise<Done[]> {
  if (items.length === 0) return []
  const events = items.map(({ ordinal, recordId, version }) => ({ ordinal, recordId, first: version, last: version }))
  const decided = await decideBatch(ctx, scope.db, 'company', { do: 'undo' }, events, true)
  const kept = isRemoving ? await withoutUsed(scope.db, decided) : decided
  const outcomes = await doBatch(ctx, scope, 'company', kept)
  return outcomes.flatMap(({ versions, detail: _why, ...outcome }, nth): Done[] => {
    const [item, state] = [items[nth], kept[nth]?.locked?.state]
    if (!item) return []
    const named = state && 'name' in state ? { detail: state.name } : {}
    return [{ place: item.place, version: versions?.[1] ?? null, outcome: { ...outcome, recordId: null, ...named } }]
  })
}

/** They are locked: who comes to use one waits, and does not find it. */
async function withoutUsed(db: Db, decided: readonly Decided[]): Promise<readonly Decided[]> {
  const used = await companiesInUse(
    db,
    decided.flatMap(({ item, plan }) => (plan?.life === 'deleted' ? [item.recordId] : [])),
  )
  const { code, message: detail } = stillUsed()
  return decided.map((one) => (used.has(one.item.recordId) ? { ...one, plan: null, refusal: { code, detail } } : one))
}

async function moveTags(ctx: Ctx, scope: Write, items: readonly MadeItem[], isRemoving: boolean): Promise<Done[]> {
  if (items.length === 0) return []
  const steps = await (isRemoving ? endUnusedTags : reviveTags)(ctx, scope, items)
  return items.map(({ ordinal, place, recordId }) => {
    const step: TagStep = steps.get(recordId) ?? { outcome: 'unchanged' }
    const { version = null, ...told } = step
    return { place, version, outcome: { ordinal, recordId: null, ...told } }
  })
}
