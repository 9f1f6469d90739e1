import { CUSTOM_PREFIX, type Field } from '@ai-crm/contracts'
import { sql, type Selectable } from 'kysely'
import type { Ctx, Db } from '../ctx.ts'
import { toInstant } from '../instant.ts'
import type { Tables } from '../tables.ts'

const asText = (column: string) => sql<string>`cast(${sql.ref(column)} as text)`

/** What is read of a field wherever one is answered. Instants as text, as in CONTACT_COLUMNS. */
export const FIELD_COLUMNS = [
  'field.id',
  'field.record',
  'field.label',
  'field.kind',
  'field.help',
  'field.options',
  'field.isRequired',
  'field.requiredStages',
  'field.relatesTo',
  'field.currency',
  'field.formula',
  'field.isComputing',
  'field.position',
  'field.version',
  asText('field.created_at').as('createdAt'),
  asText('field.updated_at').as('updatedAt'),
  sql<string | null>`cast(field.deleted_at as text)`.as('deletedAt'),
] as const

export type FieldRow = Omit<
  Selectable<Tables['field']>,
  'organizationId' | 'createdAt' | 'updatedAt' | 'deletedAt' | 'foldedLabel' | 'formulaTree' | 'formulaRank' | 'formulaRound'
> & {
  createdAt: string
  updatedAt: string
  deletedAt: string | null
}

export const toField = ({ rights }: Pick<Ctx, 'rights'>, { createdAt, updatedAt, deletedAt, ...row }: FieldRow): Field => ({
  ...row,
  isHidden: rights?.fields[row.record]?.[CUSTOM_PREFIX + row.id] === 'hidden',
  createdAt: toInstant(createdAt),
  updatedAt: toInstant(updatedAt),
  deletedAt: deletedAt === null ? null : toInstant(deletedAt),
})

/** A field that there is or has been, to be changed. */
export const lockField = (db: Db, fieldId: string): Promise<FieldRow | undefined> =>
  db.selectFrom('field').select(FIELD_COLUMNS).where('id', '=', fieldId).forUpdate().executeTakeFirst()

/** One change at a time of which fields a kind of record has, in which order, and by which formulas, while none of its records is written (`keep_formulas`); before any field is locked. */
export const lockFieldsOf = async (ctx: Ctx, db: Db, record: Field['record']): Promise<void> =>
  void (await sql`select pg_advisory_xact_lock(hashtextextended('crm.fields:' || ${ctx.organizationId}::text || ${record}::text, 0))`.execute(db))

/** The living fields of the record in their order. */
export const fieldsOf = (db: Db, record: Field['record']): Promise<FieldRow[]> =>
  db.selectFrom('field').select(FIELD_COLUMNS).where('record', '=', record).where('deletedAt', 'is', null).orderBy('position').orderBy('id').execute()
