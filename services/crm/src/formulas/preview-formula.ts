import type { CustomValue, FormulaPreview, FormulaTrial } from '@ai-crm/contracts'
import { sql } from 'kysely'
import type { Ctx } from '../ctx.ts'
import { inSight, mayReadSome } from '../lists/list-record.ts'
import { settleFormula } from './settle-formula.ts'

const SHOWN = 5
const NAMES = { contact: sql`one.name`, company: sql`one.name`, deal: sql`one.title` } as const

/** What the formula would come to in the newest records that the asker sees. Throws what settleFormula throws. */
export async function previewFormula(ctx: Ctx, { record, formula, fieldId }: FormulaTrial): Promise<FormulaPreview> {
  const compiled = await settleFormula(ctx, ctx.db, record, fieldId, formula)
  const asker = ctx.rights ? { rights: ctx.rights } : {}
  if (!mayReadSome(asker, record)) return { kind: compiled.kind, formula: compiled.formula, items: [] }
  const { rows } = await sql<{ id: string; name: string; value: CustomValue | null }>`
    select one.id::text as id, ${NAMES[record]} as name, crm.formula_value(${JSON.stringify(compiled.tree)}::jsonb, to_jsonb(one)) as value
      from (select * from ${sql.table(record)} where ${inSight(asker, record)} order by created_at desc limit ${SHOWN}) as one`.execute(ctx.db)
  return { kind: compiled.kind, formula: compiled.formula, items: [...rows] }
}
