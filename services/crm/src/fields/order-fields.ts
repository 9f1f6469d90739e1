import { type Field, type FieldOrder, fieldUpdated } from '@ai-crm/contracts'
import type { Ctx } from '../ctx.ts'
import { fieldUnsound } from './errors.ts'
import { fieldsOf, lockFieldsOf, toField } from './field.ts'
import { storeChanges } from './update-field.ts'

/** Those that are named first, the others behind them in their order; each that moves tells it. Throws `fieldUnsound` (422). */
export async function orderFields(ctx: Ctx, { record, fieldIds }: FieldOrder): Promise<{ items: Field[] }> {
  return ctx.write(async ({ db, emit }) => {
    await lockFieldsOf(ctx, db, record)
    const fields = await fieldsOf(db, record)
    const unknown = fieldIds.findIndex((id, index) => !fields.some((field) => field.id === id) || fieldIds.indexOf(id) < index)
    if (unknown >= 0) throw fieldUnsound(`/fieldIds/${unknown}`, 'There is no such field, or it is named twice.')
    const named = fieldIds.flatMap((id) => fields.find((field) => field.id === id) ?? [])
    const ordered = [...named, ...fields.filter(({ id }) => !fieldIds.includes(id))]
    const items: Field[] = []
    for (const [position, field] of ordered.entries()) {
      if (field.position === position) {
        items.push(toField(ctx, field))
        continue
      }
      const changes = { position: { from: field.position, to: position } }
      items.push(toField(ctx, await storeChanges(db, field.id, changes)))
      await emit(fieldUpdated({ fieldId: field.id, changes }))
    }
    return { items }
  })
}
