import { type Field, FIELD_RECORDS, type FieldSearch, MAX_FIELDS } from '@ai-crm/contracts'
import type { Ctx } from '../ctx.ts'
import { FIELD_COLUMNS, toField } from './field.ts'

/**
 * In their order; the deleted ones, the newest first, for whoever manages fields. What a role may not see of records it does not
 * see here either.
 */
export async function listFields(ctx: Ctx, { record, deleted }: FieldSearch): Promise<{ items: Field[] }> {
  const manages = ctx.rights?.permissions.has('crm.field.manage') ?? true
  const records = (record ? [record] : FIELD_RECORDS).filter((one) => manages || (!deleted && ctx.rights?.permissions.has(`crm.${one}.read`)))
  if (records.length === 0) return { items: [] }
  const rows = await ctx.db
    .selectFrom('field')
    .select(FIELD_COLUMNS)
    .where('record', 'in', records)
    .where('deletedAt', deleted ? 'is not' : 'is', null)
    .$if(deleted, (list) => list.orderBy('field.deletedAt', 'desc'))
    .orderBy('record')
    .orderBy('position')
    .orderBy('id')
    .limit(FIELD_RECORDS.length * MAX_FIELDS)
    .execute()
  return { items: rows.map((row) => toField(ctx, row)).filter(({ isHidden }) => manages || !isHidden) }
}
