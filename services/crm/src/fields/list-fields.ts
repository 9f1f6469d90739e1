import { CUSTOM_PREFIX, type Field, type FieldSearch, MAX_FIELDS } from '@ai-crm/contracts'
import type { Ctx } from '../ctx.ts'
import { FIELD_COLUMNS, toField } from './field.ts'

/**
 * In their order; the deleted ones, the newest first, for whoever manages fields. What a role may not see of a record it does not
 * see here either.
 */
export async function listFields(ctx: Ctx, { record, deleted }: FieldSearch): Promise<{ items: Field[] }> {
  const manages = ctx.rights?.permissions.has('crm.field.manage') ?? true
  if (!manages && (deleted || !ctx.rights?.permissions.has(`crm.${record}.read`))) return { items: [] }
  const rows = await ctx.db
    .selectFrom('field')
    .select(FIELD_COLUMNS)
    .where('record', '=', record)
    .where('deletedAt', deleted ? 'is not' : 'is', null)
    .$if(deleted, (list) => list.orderBy('field.deletedAt', 'desc'))
    .orderBy('position')
    .orderBy('id')
    .limit(MAX_FIELDS)
    .execute()
  const rules = ctx.rights?.fields[record] ?? {}
  return { items: rows.filter(({ id }) => manages || rules[`${CUSTOM_PREFIX}${id}`] !== 'hidden').map(toField) }
}
