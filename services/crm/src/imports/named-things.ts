import { companyCreated, MAX_TAGS, tagCreated, type PendingEvent } from '@ai-crm/contracts'
import { sql } from 'kysely'
import { v7 as uuidV7 } from 'uuid'
import { maySee } from '../companies/company-reach.ts'
import type { Ctx, Db } from '../ctx.ts'

/** What a batch names by its name, found or made. */
export interface Made<Found> {
  readonly found: ReadonlyMap<string, Found>
  readonly events: readonly PendingEvent[]
}

const may = ({ rights }: Ctx, permission: 'crm.tag.manage' | 'crm.company.create' | 'crm.company.read'): boolean =>
  !rights || rights.permissions.has(permission)

/** Tags by name in lower case; those that are not there are made, as far as whoever imports may. They stay until the end of the transaction. */
export async function findTags(asker: Ctx, db: Db, names: readonly string[]): Promise<Made<string>> {
  // Of several spellings the first one counts.
  const wanted = new Map(names.toReversed().map((name) => [name.toLowerCase(), name]))
  if (wanted.size === 0) return { found: new Map(), events: [] }
  const folded = [...wanted.keys()]
  const living = () =>
    db.selectFrom('tag').select(['id', 'foldedName']).where('foldedName', 'in', folded).where('deletedAt', 'is', null).orderBy('id').forShare().execute()
  const known = new Map((await living()).map(({ id, foldedName }) => [foldedName, id]))
  const missing = folded.filter((name) => !known.has(name))
  if (missing.length === 0 || !may(asker, 'crm.tag.manage')) return { found: known, events: [] }
  await sql`select pg_advisory_xact_lock(hashtextextended('crm.tags:' || ${asker.organizationId}::text, 0))`.execute(db)
  const { count } = await db
    .selectFrom('tag')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('deletedAt', 'is', null)
    .executeTakeFirstOrThrow()
  const added = missing.slice(0, Math.max(0, MAX_TAGS - count)).flatMap((name) => wanted.get(name) ?? [])
  if (added.length === 0) return { found: known, events: [] }
  const made = await db
    .insertInto('tag')
    .values(added.map((name) => ({ id: uuidV7(), name, color: 'gray' as const })))
    .onConflict((conflict) => conflict.columns(['organizationId', 'foldedName']).where('deletedAt', 'is', null).doNothing())
    .returning(['id', 'name', 'color', 'foldedName'])
    .execute()
  const all = new Map((await living()).map(({ id, foldedName }) => [foldedName, id]))
  return { found: all, events: made.map(({ id, name, color }) => tagCreated({ tagId: id, name, color })) }
}

export interface FoundCompany {
  readonly companyId: string | null
  readonly company: string
}

/** Companies by the name in the file, as search compares names; those that nobody knows are made, where that is wanted and allowed. */
export async function findCompanies(asker: Ctx, db: Db, names: readonly string[], ownerId: string | null, makes: boolean): Promise<Made<FoundCompany>> {
  const wanted = [...new Set(names)]
  if (wanted.length === 0) return { found: new Map(), events: [] }
  const { rows } = await sql<{ given: string; id: string; name: string }>`
    select distinct on (given.name) given.name as given, company.id, company.name
      from unnest(${wanted}::text[]) as given (name)
      join company on company.sort_name = crm.fold_text(given.name) and company.deleted_at is null and ${maySee(asker)}
     order by given.name, company.id`.execute(db)
  await keep(
    db,
    rows.map(({ id }) => id),
  )
  const found = new Map<string, FoundCompany>(rows.map(({ given, id, name }) => [given, { companyId: id, company: name }]))
  const missing = wanted.filter((name) => !found.has(name))
  const isFree = makes && may(asker, 'crm.company.create') && may(asker, 'crm.company.read') && !(await demandsValues(db))
  const events = isFree ? await makeCompanies(db, missing, ownerId, found) : []
  for (const name of missing) if (!found.has(name)) found.set(name, { companyId: null, company: name })
  return { found, events }
}

/** None of them is deleted until the end of the transaction. */
async function keep(db: Db, ids: readonly string[]): Promise<void> {
  if (ids.length > 0)
    await db
      .selectFrom('company')
      .select('id')
      .where('id', 'in', [...new Set(ids)])
      .orderBy('id')
      .forShare()
      .execute()
}

/** A file that names a company cannot fill in what a new one has to have. */
const demandsValues = async (db: Db): Promise<boolean> =>
  (await db.selectFrom('field').select('id').where('record', '=', 'company').where('isRequired', '=', true).where('deletedAt', 'is', null).limit(1).execute())
    .length > 0

async function makeCompanies(db: Db, names: readonly string[], ownerId: string | null, found: Map<string, FoundCompany>): Promise<PendingEvent[]> {
  // Written differently, they are one: as search compares them.
  const groups = Map.groupBy(names, (name) => name.toLowerCase())
  const made = [...groups.values()].flatMap((same) => (same[0] === undefined ? [] : [{ id: uuidV7(), name: same[0], same }]))
  if (made.length === 0) return []
  await db
    .insertInto('company')
    .values(made.map(({ id, name }) => ({ id, name, ownerId, domains: [], tagIds: [] })))
    .execute()
  for (const { id, name, same } of made) for (const given of same) found.set(given, { companyId: id, company: name })
  const empty = { domains: [], website: null, phone: null, address: null, industry: null, size: null, note: null, tagIds: [], parentId: null, custom: {} }
  return made.map(({ id, name }) => companyCreated({ companyId: id, name, ownerId, ...empty }))
}
