import { CUSTOM_PREFIX, type CustomValues, type DealStage, type FieldRecord } from '@ai-crm/contracts'
import { sql, type RawBuilder } from 'kysely'
import type { Ctx } from '../ctx.ts'
import { hiddenValuesMissing, valuesMissing } from './errors.ts'

/** A field that has to have a value. */
export interface Demanded {
  readonly id: string
  readonly label: string
  /** Of everybody; else only of whoever may set it. */
  readonly isFirm: boolean
}

type Condition = RawBuilder<boolean>

const demanded = (record: FieldRecord, condition: Condition, isFirm: Condition): RawBuilder<Demanded[]> => sql<Demanded[]>`(
  select coalesce(jsonb_agg(jsonb_build_object('id', field.id, 'label', field.label, 'isFirm', ${isFirm}) order by field.position), '[]') from field
   where field.record = ${sql.lit(record)} and field.deleted_at is null and ${condition})`

const byStage = (stage: DealStage): Condition => sql<boolean>`field.required_stages @> array[${stage}::text]`

/** Fields that a new record has to have: a column beside what is written, so that nobody is asked a second time. */
export const demandedOfNew = (record: FieldRecord): RawBuilder<Demanded[]> => demanded(record, sql<boolean>`field.is_required`, sql<boolean>`false`)
export const demandedOfNewDeal = (stage: DealStage): RawBuilder<Demanded[]> =>
  demanded('deal', sql<boolean>`(field.is_required or ${byStage(stage)})`, byStage(stage))
/** Fields that a deal has to have to enter the stage. */
export const demandedByStage = (stage: DealStage): RawBuilder<Demanded[]> => demanded('deal', byStage(stage), sql<boolean>`true`)

/** Throws `valuesMissing`, `hiddenValuesMissing` (422). */
export function requireDemanded({ rights }: Ctx, record: FieldRecord, fields: readonly Demanded[], values: CustomValues): void {
  const ruleOf = (id: string) => rights?.fields[record]?.[`${CUSTOM_PREFIX}${id}`]
  const missing = fields.filter(({ id, isFirm }) => values[id] === undefined && (isFirm || !ruleOf(id)))
  const shown = missing.filter(({ id }) => ruleOf(id) !== 'hidden')
  if (shown.length > 0) throw valuesMissing(shown)
  if (missing.length > 0) throw hiddenValuesMissing()
}
