import { CUSTOM_PREFIX, FIELD_RECORDS, rulesWithin, type FieldRecord, type FieldRules, type FormulaTree } from '@ai-crm/contracts'
import { sql } from 'kysely'
import type { Ctx } from '../ctx.ts'
import { keysIn } from './named-fields.ts'

interface Formula {
  readonly id: string
  readonly record: FieldRecord
  readonly formulaTree: FormulaTree | null
}

/** A formula tells of what it names: whoever may not see one of these fields may not see what it comes to. */
export async function hideFormulas({ db }: Pick<Ctx, 'db'>, rules: FieldRules): Promise<FieldRules> {
  const records = FIELD_RECORDS.filter((record) => Object.values(rules[record] ?? {}).includes('hidden'))
  if (records.length === 0) return rules
  const formulas: Formula[] = await db
    .selectFrom('field')
    .select(['id', 'record', 'formulaTree'])
    .where('record', 'in', records)
    .where('formulaTree', 'is not', null)
    .orderBy(sql`deleted_at is not null`)
    .orderBy('formulaRank')
    .execute()
  return formulas.reduce(hideWithNamed, rules)
}

/** In the order in which they are computed: what a formula names was looked at before. */
function hideWithNamed(rules: FieldRules, { id, record, formulaTree }: Formula): FieldRules {
  const within = rulesWithin(record, rules[record])
  const isHidden = formulaTree !== null && keysIn(formulaTree).some((key) => within[key] === 'hidden')
  return isHidden ? { ...rules, [record]: { ...rules[record], [CUSTOM_PREFIX + id]: 'hidden' } } : rules
}
