import { type Field, fieldUpdated, type UpdateField } from '@ai-crm/contracts'
import { isUniqueViolation, notFound, versionConflict } from '@ai-crm/platform'
import { sql } from 'kysely'
import type { Ctx, Db } from '../ctx.ts'
import { labelTaken } from './errors.ts'
import { FIELD_COLUMNS, type FieldRow, lockField, toField } from './field.ts'
import { changesBetween, type FieldChanges, nextOptions, requireSoundField } from './field-rules.ts'
import { refileField } from './refile-field.ts'

/**
 * Changes what differs, if the row is still the version that the client has seen; without a difference nothing happens. Throws 404,
 * `versionConflict`, `labelTaken` (409), `fieldUnsound` (422).
 */
export async function updateField(ctx: Ctx, fieldId: string, expectedVersion: number, input: UpdateField): Promise<Field> {
  return ctx.write(async ({ db, emit, enqueue }) => {
    const row = await lockField(db, fieldId)
    if (!row || row.deletedAt !== null) throw notFound('field')
    if (row.version !== expectedVersion) throw versionConflict('field', row.version)

    const current = toField(row)
    requireSoundField({
      ...current,
      options: input.options ?? current.options.filter(({ isArchived }) => !isArchived),
      currency: input.currency === undefined ? current.currency : input.currency,
      requiredStages: input.requiredStages ?? current.requiredStages,
    })
    const options = input.options && nextOptions(current.options, input.options, () => crypto.randomUUID())
    const changes = changesBetween(current, { ...input, options, requiredStages: input.requiredStages && [...new Set(input.requiredStages)] })
    if (Object.keys(changes).length === 0) return current
    const changed = await storeChanges(db, fieldId, changes)
    await emit(fieldUpdated({ fieldId, changes }))
    if (changes.options) await enqueue(refileField, { fieldId }, { key: fieldId })
    return toField(changed)
  })
}

/** Throws `labelTaken` (409). */
export async function storeChanges(db: Db, fieldId: string, { options, ...changes }: FieldChanges): Promise<FieldRow> {
  return db
    .updateTable('field')
    .set({
      ...Object.fromEntries(Object.entries(changes).map(([part, change]) => [part, change?.to])),
      ...(options ? { options: JSON.stringify(options.to) } : {}),
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
