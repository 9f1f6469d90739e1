import { type CustomChanges, type CustomValue, type CustomValues, type FieldRecord, type GivenCustom } from '@ai-crm/contracts'
import { requireMember } from '@ai-crm/platform'
import { sql } from 'kysely'
import type { Ctx, Db } from '../ctx.ts'
import { readValue } from './custom-value.ts'
import { valuesUnfit, type WrongValue } from './errors.ts'
import { FIELD_COLUMNS, type FieldRow } from './field.ts'
import { requireRelated } from './require-related.ts'

/**
 * From → to of the values that really change; null where none does. A record without given values costs no question. Throws
 * `valuesUnfit`, `notAMember` (422), naming the fields.
 */
export async function customChanges(
  ctx: Ctx,
  db: Db,
  record: FieldRecord,
  given: GivenCustom | undefined,
  current: CustomValues,
): Promise<CustomChanges | null> {
  const fields = await givenFields(db, record, given)
  const changes = changesOfCustom(fields, given, current)
  if (changes) await requireReferences(ctx, db, fields, changes)
  return changes
}

/**
 * The same for many records that get the same values: the questions are asked once, whom the values name among them; what is
 * given back compares one record after the other, and throws `valuesUnfit` (422) for one that cannot have them.
 */
export async function customChangesOfMany(
  ctx: Ctx,
  db: Db,
  record: FieldRecord,
  given: GivenCustom | undefined,
): Promise<(current: CustomValues) => CustomChanges | null> {
  const fields = await givenFields(db, record, given)
  const changes = changesOfCustom(fields, given, {})
  if (changes) await requireReferences(ctx, db, fields, changes)
  return (current) => changesOfCustom(fields, given, current)
}

async function givenFields(db: Db, record: FieldRecord, given: GivenCustom | undefined): Promise<FieldRow[]> {
  const ids = Object.keys(given ?? {})
  if (ids.length === 0) return []
  return db.selectFrom('field').select(FIELD_COLUMNS).where('record', '=', record).where('id', 'in', ids).where('deletedAt', 'is', null).execute()
}

function changesOfCustom(fields: readonly FieldRow[], given: GivenCustom | undefined, current: CustomValues): CustomChanges | null {
  const { changes, wrong } = compare(fields, given ?? {}, current)
  if (wrong.length > 0) throw valuesUnfit(wrong)
  return Object.keys(changes).length > 0 ? changes : null
}

function compare(fields: readonly FieldRow[], given: GivenCustom, current: CustomValues): { changes: CustomChanges; wrong: WrongValue[] } {
  const changes: CustomChanges = {}
  const wrong: WrongValue[] = []
  for (const [fieldId, value] of Object.entries(given)) {
    const field = fields.find(({ id }) => id === fieldId)
    const from = current[fieldId] ?? null
    const read = field ? readValue(field, value, from) : { isWrong: 'There is no such field' }
    if ('isWrong' in read) wrong.push({ fieldId, message: read.isWrong })
    else if (read.value === null && from !== null && field?.isRequired) wrong.push({ fieldId, message: 'Must not be empty' })
    else if (!isSame(from, read.value)) changes[fieldId] = { from, to: read.value }
  }
  return { changes, wrong }
}

/** jsonb orders keys by itself: amounts are compared by their parts. */
function isSame(a: CustomValue | null, b: CustomValue | null): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b
  if (Array.isArray(a) || Array.isArray(b)) return Array.isArray(a) && Array.isArray(b) && a.join() === b.join()
  return a.amountMinor === b.amountMinor && a.currency === b.currency
}

/** Whoever is newly named belongs to the organisation; what is newly named can be seen by whoever names it. */
async function requireReferences(ctx: Ctx, db: Db, fields: readonly FieldRow[], changes: CustomChanges): Promise<void> {
  const named = fields.flatMap((field) => {
    const to = changes[field.id]?.to
    return typeof to === 'string' && (field.kind === 'person' || field.kind === 'relation') ? [{ field, to }] : []
  })
  await Promise.all(
    named.map(({ field, to }) =>
      field.relatesTo === null ? requireMember(ctx, db, to, `custom/${field.id}`) : requireRelated(ctx, db, field.id, field.relatesTo, to),
    ),
  )
}

/** The values after the changes. */
export function changed(current: CustomValues, changes: CustomChanges | null): CustomValues {
  const after = new Map(Object.entries(current))
  for (const [id, { to }] of Object.entries(changes ?? {})) {
    if (to === null) after.delete(id)
    else after.set(id, to)
  }
  return Object.fromEntries(after)
}

/** What an update writes for the changes: only these, so that values of deleted fields stay. */
export function customColumn(changes: CustomChanges | null | undefined) {
  if (!changes) return {}
  const emptied = Object.entries(changes).flatMap(([id, { to }]) => (to === null ? [id] : []))
  return { custom: sql<string>`(custom || ${JSON.stringify(changed({}, changes))}::jsonb) - ${emptied}::text[]` }
}
