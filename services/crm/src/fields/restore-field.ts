import { type Field, fieldRestored, MAX_FIELDS } from '@ai-crm/contracts'
import { isUniqueViolation, notFound } from '@ai-crm/platform'
import { sql } from 'kysely'
import type { Ctx } from '../ctx.ts'
import { labelTaken, tooManyFields } from './errors.ts'
import { settleFormula } from '../formulas/settle-formula.ts'
import { followFormula, formulaColumns, nextRound, requireGiven } from './formula-columns.ts'
import { FIELD_COLUMNS, fieldsOf, lockField, lockFieldsOf, toField } from './field.ts'

/**
 * In sight again with its values, as the last of its record; one that is in sight stays as it is. Throws 404, `labelTaken`,
 * `tooManyFields` (409).
 */
export async function restoreField(ctx: Ctx, fieldId: string): Promise<Field> {
  return ctx.write(async ({ db, emit, emitAll, enqueue }) => {
    const known = await db.selectFrom('field').select('record').where('id', '=', fieldId).executeTakeFirst()
    if (!known) throw notFound('field')
    await lockFieldsOf(ctx, db, known.record)
    const [row, fields] = await Promise.all([lockField(db, fieldId), fieldsOf(db, known.record)])
    if (!row) throw notFound('field')
    if (row.deletedAt === null) return toField(ctx, row)
    if (fields.length >= MAX_FIELDS) throw tooManyFields(MAX_FIELDS)
    const position = (fields.at(-1)?.position ?? -1) + 1
    // Its own again: whoever brings it back need not see what it names.
    const compiled = row.formula === null ? null : await settleFormula({}, db, row.record, fieldId, row.formula)
    if (compiled) requireGiven(compiled, row.kind)
    const restored = await db
      .updateTable('field')
      .set({
        ...formulaColumns(compiled),
        ...nextRound,
        deletedAt: null,
        position,
        version: sql<number>`version + 1`,
        updatedAt: sql<Date>`date_trunc('milliseconds', now())`,
      })
      .where('id', '=', fieldId)
      .returning(FIELD_COLUMNS)
      .executeTakeFirstOrThrow()
      .catch((error: unknown) => {
        throw isUniqueViolation(error, 'field_label_key') ? labelTaken(row.label) : error
      })
    await emit(fieldRestored({ fieldId, position, ...(compiled ? { isComputing: true } : {}) }))
    if (compiled) await followFormula({ db, emitAll, enqueue }, restored)
    return toField(ctx, restored)
  })
}
