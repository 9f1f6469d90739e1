import type { CustomFieldKind } from '@ai-crm/contracts'
import type { Scope } from '../ctx.ts'
import { computeFormulas } from '../formulas/compute-formulas.ts'
import type { Compiled } from '../formulas/compile-formula.ts'
import { rankFormulas } from '../formulas/settle-formula.ts'
import { fieldUnsound } from './errors.ts'
import type { FieldRow } from './field.ts'

/** Throws `fieldUnsound` (422): the kind of a field stays as it is for ever. */
export function requireGiven({ kind }: Compiled, wanted: CustomFieldKind): void {
  if (kind !== wanted) throw fieldUnsound('/formula', `The formula gives ${kind}, and the field is ${wanted}.`)
}

/** What is kept of a formula: as it is answered, and as it is computed. */
export const formulaColumns = (compiled: Compiled | null) =>
  compiled ? { formula: compiled.formula, formulaTree: JSON.stringify(compiled.tree), isComputing: true } : {}

/** Puts formulas in order after one of them was changed, and has the records computed that are there. */
export async function followFormula({ db, enqueue }: Pick<Scope, 'db' | 'enqueue'>, { id, record, version }: FieldRow): Promise<void> {
  await rankFormulas(db, record)
  await enqueue(computeFormulas, { record, afterId: null, versions: { [id]: version } })
}
