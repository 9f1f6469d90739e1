import type { MergeRecord, SeparationConflict } from '@ai-crm/contracts'
import { sql } from 'kysely'
import { z } from 'zod'
import type { Db } from '../ctx.ts'
import { mayBelongTo, type TreeAfter } from './place-in-tree.ts'
import { listOf, SHAPES, type Values } from './record-values.ts'

/** Values of long ago as they can be now, and what could not be as it was. */
export interface Fitted {
  readonly values: Values
  readonly conflicts: readonly SeparationConflict[]
}

const Workplace = z.object({ company: z.string().nullable(), companyId: z.uuid().nullable() }).nullable().catch(null)
const Id = z.uuid().nullable().catch(null)

/**
 * Old values of a record, without what they name that is no more: a company follows its merge or leaves its name as a text, whoever left owns nothing,
 * deleted tags are left out, a parent that would make a circle is none. Only fields that are there are looked at.
 */
export async function fitValues(db: Db, record: MergeRecord, recordId: string, old: Values, after: TreeAfter | null): Promise<Fitted> {
  const fits = [
    ...(record === 'contact' && 'company' in old ? [await fitWorkplace(db, old['company'])] : []),
    ...('ownerId' in old ? [await fitOwner(db, old['ownerId'])] : []),
    ...('tagIds' in old ? [await fitTags(db, old)] : []),
    ...(after && 'parentId' in old ? [await fitParent(db, recordId, old['parentId'], after)] : []),
  ]
  return fits.reduce((all, { values, conflicts }) => ({ values: { ...all.values, ...values }, conflicts: [...all.conflicts, ...conflicts] }), {
    values: old,
    conflicts: [],
  })
}

async function fitWorkplace(db: Db, value: unknown): Promise<Fitted> {
  const place = Workplace.parse(value)
  if (!place?.companyId) return { values: {}, conflicts: [] }
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from company where id = crm.survivor_of_company(${place.companyId}) and deleted_at is null for share`.execute(db)
  const [living] = rows
  if (living) return { values: { company: { company: living.name, companyId: living.id } }, conflicts: [] }
  return { values: { company: { company: place.company, companyId: null } }, conflicts: [{ field: 'company', reason: 'gone', value: place.company }] }
}

async function fitOwner(db: Db, value: unknown): Promise<Fitted> {
  const owner = Id.parse(value)
  if (owner === null) return { values: {}, conflicts: [] }
  const { rows } = await sql`select from member where user_id = ${owner} and not is_member`.execute(db)
  return rows.length === 0 ? { values: {}, conflicts: [] } : { values: { ownerId: null }, conflicts: [{ field: 'ownerId', reason: 'gone', value: owner }] }
}

/** Deleted tags are no conflict: every record has lost them. */
async function fitTags(db: Db, old: Values): Promise<Fitted> {
  const ids = listOf(old, 'tagIds').map((id) => z.string().parse(id))
  if (ids.length === 0) return { values: {}, conflicts: [] }
  const { rows } = await sql<{ id: string }>`select id from tag where id = any(${ids}::uuid[]) and deleted_at is null order by id for share`.execute(db)
  return { values: { tagIds: ids.filter((id) => rows.some((row) => row.id === id)) }, conflicts: [] }
}

async function fitParent(db: Db, companyId: string, value: unknown, after: TreeAfter): Promise<Fitted> {
  const given = Id.parse(value)
  if (given === null) return { values: {}, conflicts: [] }
  const { rows } = await sql<{ id: string }>`select crm.survivor_of_company(${given}) as id`.execute(db)
  // The one that is coming back is nobody's survivor any more.
  const parentId = given === after.mergedId ? given : (rows[0]?.id ?? given)
  if (await mayBelongTo(db, companyId, parentId, after)) return { values: { parentId }, conflicts: [] }
  return { values: { parentId: null }, conflicts: [{ field: 'parentId', reason: 'gone', value: given }] }
}

/** Without addresses and domains that somebody else has by now, other than the survivor, who gives them back. */
export async function withoutTaken(db: Db, record: MergeRecord, survivorId: string, old: Values): Promise<Fitted> {
  const taken = record === 'contact' ? await takenByContacts(db, survivorId, old) : await takenByCompanies(db, survivorId, old)
  const conflicts: SeparationConflict[] = []
  const kept = Object.entries(taken).map(([field, keys]) => {
    const { keyOf } = SHAPES[record].lists[field] ?? { keyOf: () => '' }
    const lost = listOf(old, field).filter((item) => keys.has(keyOf(item)))
    conflicts.push(...lost.map((item) => ({ field, reason: 'taken' as const, value: keyOf(item) })))
    return [field, listOf(old, field).filter((item) => !keys.has(keyOf(item)))] as const
  })
  return { values: Object.fromEntries(kept), conflicts }
}

const keysOf = (record: MergeRecord, old: Values, field: string): string[] => listOf(old, field).map((item) => SHAPES[record].lists[field]?.keyOf(item) ?? '')

async function takenByContacts(db: Db, survivorId: string, old: Values) {
  const [emails, telegrams] = [keysOf('contact', old, 'emails'), keysOf('contact', old, 'telegrams')]
  if (emails.length + telegrams.length === 0) return {}
  const { rows } = await sql<{ kind: string; value: string }>`
    select kind, value from contact_address
     where ((kind = 'email' and value = any(${emails}::text[])) or (kind = 'telegram' and value = any(${telegrams}::text[]))) and contact_id <> ${survivorId}`.execute(
    db,
  )
  const ofKind = (kind: string) => new Set(rows.filter((row) => row.kind === kind).map(({ value }) => value))
  return { emails: ofKind('email'), telegrams: ofKind('telegram') }
}

async function takenByCompanies(db: Db, survivorId: string, old: Values) {
  const domains = keysOf('company', old, 'domains')
  if (domains.length === 0) return {}
  const { rows } = await sql<{ domain: string }>`
    select domain from company_domain where domain = any(${domains}::text[]) and company_id <> ${survivorId}`.execute(db)
  return { domains: new Set(rows.map(({ domain }) => domain)) }
}
