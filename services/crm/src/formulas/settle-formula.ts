import { CUSTOM_PREFIX, customFieldIdOf, type FieldRecord, type FormulaTree } from '@ai-crm/contracts'
import type { Ctx, Db } from '../ctx.ts'
import { fieldsOf } from '../fields/field.ts'
import { type Compiled, compileFormula } from './compile-formula.ts'
import { fieldInFormula, formulaCycle } from './errors.ts'
import { formulaScope } from './formula-scope.ts'
import { customIdsIn } from './named-fields.ts'

interface Formula {
  readonly id: string
  readonly label: string
  readonly tree: FormulaTree
}

/** The living formulas of the record. */
async function formulasOf(db: Db, record: FieldRecord): Promise<Formula[]> {
  const rows = await db
    .selectFrom('field')
    .select(['id', 'label', 'formulaTree'])
    .where('record', '=', record)
    .where('formulaTree', 'is not', null)
    .where('deletedAt', 'is', null)
    .execute()
  return rows.flatMap(({ formulaTree, ...row }) => (formulaTree ? { ...row, tree: formulaTree } : []))
}

/**
 * A formula of the field, or of one that is to be (`fieldId` null), read by the fields that there are. Throws `formulaUnreadable`,
 * `formulaUnknownName`, `formulaUnfit`, `formulaCycle` (422).
 */
export async function settleFormula(ctx: Pick<Ctx, 'rights'>, db: Db, record: FieldRecord, fieldId: string | null, formula: string): Promise<Compiled> {
  const compiled = compileFormula(formula, formulaScope(ctx, record, await fieldsOf(db, record)))
  if (fieldId !== null) requireNoWayBack(compiled, fieldId, await formulasOf(db, record))
  return compiled
}

function requireNoWayBack({ uses }: Compiled, fieldId: string, formulas: readonly Formula[]): void {
  const leadsTo = new Map(formulas.map(({ id, tree }) => [id, customIdsIn(tree)]))
  // Each once: of formulas that name one another twice there are more ways than there is time.
  const seen = new Set<string>()
  const leadsBack = (id: string): boolean => {
    if (id === fieldId || seen.has(id)) return id === fieldId
    seen.add(id)
    return (leadsTo.get(id) ?? []).some(leadsBack)
  }
  const back = uses.find(({ key }) => leadsBack(key.slice(CUSTOM_PREFIX.length)))
  if (!back) return
  throw formulaCycle(back.span, formulas.find(({ id }) => id === customFieldIdOf(back.key))?.label ?? '')
}

/** Ids of the formulas that follow from the field, also by way of others. */
export async function followersOf(db: Db, record: FieldRecord, fieldId: string): Promise<string[]> {
  const formulas = (await formulasOf(db, record)).filter(({ id }) => id !== fieldId)
  const followers = new Set<string>()
  const follow = (named: string): void => {
    for (const { id, tree } of formulas)
      if (!followers.has(id) && customIdsIn(tree).includes(named)) {
        followers.add(id)
        follow(id)
      }
  }
  follow(fieldId)
  return [...followers]
}

/** Throws `fieldInFormula` (409) where a formula names the field. */
export async function requireInNoFormula(db: Db, record: FieldRecord, fieldId: string): Promise<void> {
  const user = (await formulasOf(db, record)).find(({ id, tree }) => id !== fieldId && customIdsIn(tree).includes(fieldId))
  if (user) throw fieldInFormula(user.label)
}

/** Formulas are computed after those that they name. */
export async function rankFormulas(db: Db, record: FieldRecord): Promise<void> {
  const trees = new Map((await formulasOf(db, record)).map(({ id, tree }) => [id, tree]))
  const ranks = new Map<string, number>()
  const rankOf = (id: string): number => {
    const tree = trees.get(id)
    if (!tree) return 0
    const rank = ranks.get(id) ?? 1 + Math.max(0, ...customIdsIn(tree).map(rankOf))
    ranks.set(id, rank)
    return rank
  }
  const ids = [...trees.keys()]
  const byRank = Map.groupBy(ids, rankOf)
  for (const [formulaRank, same] of byRank)
    await db.updateTable('field').set({ formulaRank }).where('id', 'in', same).where('formulaRank', '<>', formulaRank).execute()
}
