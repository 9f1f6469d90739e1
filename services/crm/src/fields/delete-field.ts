import { fieldDeleted } from '@ai-crm/contracts'
import { notFound } from '@ai-crm/platform'
import { sql } from 'kysely'
import type { Ctx } from '../ctx.ts'
import { requireInNoFormula } from '../formulas/settle-formula.ts'
import { lockField, lockFieldsOf } from './field.ts'

/** Takes the field out of sight; its values stay in the records. Repeated, it has no further effect. Throws 404, `fieldInFormula` (409). */
export async function deleteField(ctx: Ctx, fieldId: string): Promise<void> {
  await ctx.write(async ({ db, emit }) => {
    const known = await db.selectFrom('field').select('record').where('id', '=', fieldId).executeTakeFirst()
    if (!known) throw notFound('field')
    await lockFieldsOf(ctx, db, known.record)
    const row = await lockField(db, fieldId)
    if (!row) throw notFound('field')
    if (row.deletedAt !== null) return
    await requireInNoFormula(db, row.record, fieldId)
    await db
      .updateTable('field')
      .set({ deletedAt: sql<Date>`now()`, version: sql<number>`version + 1` })
      .where('id', '=', fieldId)
      .execute()
    await emit(fieldDeleted({ fieldId }))
  })
}
