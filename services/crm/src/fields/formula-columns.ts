import { fieldUpdated, type CustomFieldKind } from '@ai-crm/contracts'
import { sql } from 'kysely'
import type { Db, Scope } from '../ctx.ts'
import { computeFormulas } from '../formulas/compute-formulas.ts'
import type { Compiled } from '../formulas/compile-formula.ts'
import { followersOf, rankFormulas } from '../formulas/settle-formula.ts'
import { fieldUnsound } from './errors.ts'
import type { FieldRow } from './field.ts'

/** Throws `fieldUnsound` (422): the kind of a field stays as it is for ever. */
export function requireGiven({ kind }: Compiled, wanted: CustomFieldKind): void {
  if (kind !== wanted) throw fieldUnsound('/formula', `The formula gives ${kind}, and the field is ${wanted}.`)
}

/** What is kept of a formula: as it is answered, and as it is computed. */
export const formulaColumns = (compiled: Compiled | null) =>
  compiled ? { formula: compiled.formula, formulaTree: JSON.stringify(compiled.tree), isComputing: true } : {}

/** Beside the columns of a formula that there was before. */
export const nextRound = { formulaRound: sql<number>`formula_round + 1` }

/**
 * Puts formulas in order after one of them was changed, and has the records computed that are there: by it, by those that follow from it, and by
 * those that still wait for it.
 */
export async function followFormula({ db, enqueue, emitAll }: Pick<Scope, 'db' | 'enqueue' | 'emitAll'>, { id, record }: FieldRow): Promise<void> {
  await rankFormulas(db, record)
  const begun = await beginRound(db, await followersOf(db, record, id))
  await emitAll(begun.map((fieldId) => fieldUpdated({ fieldId, changes: { isComputing: { from: false, to: true } } })))
  const waiting = await db.selectFrom('field').select(['id', 'formulaRound']).where('record', '=', record).where('isComputing', '=', true).execute()
  await enqueue(computeFormulas, { record, afterId: null, rounds: Object.fromEntries(waiting.map((field) => [field.id, field.formulaRound])) })
}

/** Old values are left in the records of these formulas as well. Gives those that had none before. */
async function beginRound(db: Db, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return []
  await db.updateTable('field').set(nextRound).where('id', 'in', ids).where('isComputing', '=', true).execute()
  const begun = await db
    .updateTable('field')
    .set({ ...nextRound, isComputing: true, version: sql<number>`version + 1`, updatedAt: sql<Date>`date_trunc('milliseconds', now())` })
    .where('id', 'in', ids)
    .where('isComputing', '=', false)
    .returning('id')
    .execute()
  return begun.map((field) => field.id)
}
