import { CUSTOM_PREFIX, type CustomValues, type FieldRecord } from '@ai-crm/contracts'
import { sql, type RawBuilder } from 'kysely'
import type { Ctx } from '../ctx.ts'
import { valuesMissing } from './errors.ts'

/** A field that has to have a value, of whoever may set it. */
export interface Demanded {
  readonly id: string
  readonly label: string
}

/** Fields that a new record has to have: a column beside what is written, so that nobody is asked a second time. */
export const demandedOfNew = (record: FieldRecord): RawBuilder<Demanded[]> => sql<Demanded[]>`(
  select coalesce(jsonb_agg(jsonb_build_object('id', field.id, 'label', field.label) order by field.position), '[]') from field
   where field.record = ${sql.lit(record)} and field.deleted_at is null and field.is_required)`

/** Throws `valuesMissing` (422). */
export function requireDemanded({ rights }: Ctx, record: FieldRecord, fields: readonly Demanded[], values: CustomValues): void {
  const missing = fields.filter(({ id }) => values[id] === undefined && !rights?.fields[record]?.[`${CUSTOM_PREFIX}${id}`])
  if (missing.length > 0) throw valuesMissing(missing)
}
