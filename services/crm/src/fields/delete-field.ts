import { fieldDeleted } from '@ai-crm/contracts'
import { notFound } from '@ai-crm/platform'
import { sql } from 'kysely'
import type { Ctx } from '../ctx.ts'
import { lockField } from './field.ts'

/** Takes the field out of sight; its values stay in the records. Repeated, it has no further effect. Throws 404. */
export async function deleteField(ctx: Ctx, fieldId: string): Promise<void> {
  await ctx.write(async ({ db, emit }) => {
    const row = await lockField(db, fieldId)
    if (!row) throw notFound('field')
    if (row.deletedAt !== null) return
    await db
      .updateTable('field')
      .set({ deletedAt: sql<Date>`now()`, version: sql<number>`version + 1` })
      .where('id', '=', fieldId)
      .execute()
    await emit(fieldDeleted({ fieldId }))
  })
}
