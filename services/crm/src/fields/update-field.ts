import { type Field, fieldUpdated, type UpdateField } from '@ai-crm/contracts'
import { isUniqueViolation, notFound, versionConflict } from '@ai-crm/platform'
import { sql } from 'kysely'
import type { Ctx, Db } from '../ctx.ts'
import { fieldUnsound, labelTaken } from './errors.ts'
import { FIELD_COLUMNS, type FieldRow, lockField, lockFieldsOf, toField } from './field.ts'
import { changesBetween, type FieldChanges, nextOptions, requireSoundField } from './field-rules.ts'
import { followFormula, formulaColumns, nextRound, requireGiven } from './formula-columns.ts'
import { settleFormula } from '../formulas/settle-formula.ts'
import { refileField } from './refile-field.ts'

/**
 * Changes what differs, if the row is still the version that the client has seen; without a difference nothing happens. Throws 404,
 * `versionConflict`, `labelTaken` (409), `fieldUnsound`, what settleFormula throws (422).
 */
export async function updateField(ctx: Ctx, fieldId: string, expectedVersion: number, input: UpdateField): Promise<Field> {
  return ctx.write(async ({ db, emit, emitAll, enqueue }) => {
    if (input.formula !== undefined) await lockFieldsOfField(ctx, db, fieldId)
    const row = await lockField(db, fieldId)
    if (!row || row.deletedAt !== null) throw notFound('field')
    if (row.version !== expectedVersion) throw versionConflict('field', row.version)

    const current = toField(ctx, row)
    requireSoundField({
      ...current,
      options: input.options ?? current.options.filter(({ isArchived }) => !isArchived),
      currency: input.currency === undefined ? current.currency : input.currency,
      requiredStages: input.requiredStages ?? current.requiredStages,
      isRequired: input.isRequired ?? current.isRequired,
    })
    if (input.formula !== undefined && row.formula === null) throw fieldUnsound('/formula', 'The values of this field are given.')
    // One that stays may name what its editor does not see.
    const compiled = input.formula === undefined || input.formula === row.formula ? null : await settleFormula(ctx, db, row.record, fieldId, input.formula)
    if (compiled) requireGiven(compiled, row.kind)
    const options = input.options && nextOptions(current.options, input.options, () => crypto.randomUUID())
    const changes = changesBetween(current, {
      ...input,
      ...(compiled ? { formula: compiled.formula } : {}),
      options,
      requiredStages: input.requiredStages && [...new Set(input.requiredStages)],
    })
    if (Object.keys(changes).length === 0) return current
    if (changes.formula && !current.isComputing) changes.isComputing = { from: false, to: true }
    const changed = await storeChanges(db, fieldId, changes, changes.formula ? { ...formulaColumns(compiled), ...nextRound } : {})
    await emit(fieldUpdated({ fieldId, changes }))
    if (changes.options) await enqueue(refileField, { fieldId }, { key: fieldId })
    if (changes.formula) await followFormula({ db, emitAll, enqueue }, changed)
    return toField(ctx, changed)
  })
}

async function lockFieldsOfField(ctx: Ctx, db: Db, fieldId: string): Promise<void> {
  const known = await db.selectFrom('field').select('record').where('id', '=', fieldId).executeTakeFirst()
  if (known) await lockFieldsOf(ctx, db, known.record)
}

/** Throws `labelTaken` (409). */
export async function storeChanges(db: Db, fieldId: string, { options, ...changes }: FieldChanges, besides: object = {}): Promise<FieldRow> {
  return db
    .updateTable('field')
    .set({
      ...Object.fromEntries(Object.entries(changes).map(([part, change]) => [part, change?.to])),
      ...(options ? { options: JSON.stringify(options.to) } : {}),
      ...besides,
      version: sql<number>`version + 1`,
      updatedAt: sql<Date>`date_trunc('milliseconds', now())`,
    })
    .where('id', '=', fieldId)
    .returning(FIELD_COLUMNS)
    .executeTakeFirstOrThrow()
    .catch((error: unknown) => {
      throw isUniqueViolation(error, 'field_label_key') ? labelTaken(changes.label?.to ?? '') : error
    })
}
