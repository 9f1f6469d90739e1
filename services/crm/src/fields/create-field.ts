import { type CreateField, type Field, fieldCreated, MAX_FIELDS } from '@ai-crm/contracts'
import { isUniqueViolation } from '@ai-crm/platform'
import type { Ctx } from '../ctx.ts'
import { labelTaken, tooManyFields } from './errors.ts'
import { FIELD_COLUMNS, fieldsOf, lockFieldsOf, toField } from './field.ts'
import { nextOptions, requireSoundField } from './field-rules.ts'
import { followFormula, formulaColumns, requireGiven } from './formula-columns.ts'
import { settleFormula } from '../formulas/settle-formula.ts'

/** As the last of its record. Throws `labelTaken`, `tooManyFields` (409), `fieldUnsound`, what settleFormula throws (422). */
export async function createField(ctx: Ctx, input: CreateField): Promise<Field> {
  requireSoundField(input)
  const definition = { ...input, requiredStages: [...new Set(input.requiredStages)], options: nextOptions([], input.options, () => crypto.randomUUID()) }
  return ctx.write(async ({ db, emit, emitAll, enqueue }) => {
    await lockFieldsOf(ctx, db, input.record)
    const compiled = input.formula === null ? null : await settleFormula(ctx, db, input.record, null, input.formula)
    if (compiled) requireGiven(compiled, input.kind)
    const fields = await fieldsOf(db, input.record)
    if (fields.length >= MAX_FIELDS) throw tooManyFields(MAX_FIELDS)
    const position = (fields.at(-1)?.position ?? -1) + 1
    const row = await db
      .insertInto('field')
      .values({ ...definition, ...formulaColumns(compiled), options: JSON.stringify(definition.options), position })
      .returning(FIELD_COLUMNS)
      .executeTakeFirstOrThrow()
      .catch((error: unknown) => {
        throw isUniqueViolation(error, 'field_label_key') ? labelTaken(input.label) : error
      })
    await emit(fieldCreated({ fieldId: row.id, ...definition, formula: row.formula, isComputing: row.isComputing, position }))
    if (compiled) await followFormula({ db, emitAll, enqueue }, row)
    return toField(ctx, row)
  })
}
