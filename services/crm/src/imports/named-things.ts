import { companyCreated, MAX_TAGS, tagCreated, type ImportSettings, type PendingEvent } from '@ai-crm/contracts'
import { sql } from 'kysely'
import { v7 as uuidV7 } from 'uuid'
import { maySee } from '../companies/company-reach.ts'
import type { Ctx, Db } from '../ctx.ts'
import { tooManyTags } from '../tags/errors.ts'
import { insertCompanies, NAME_ALONE } from './store-companies.ts'

/** What a batch names by its name, found or made. */
export interface Made<Found> {
  readonly found: ReadonlyMap<string, Found>
  readonly events: readonly PendingEvent[]
}

const may = ({ rights }: Ctx, permission: 'crm.company.create' | 'crm.company.read'): boolean => !rights || rights.permissions.has(permission)

/** Tags by name in lower case. They stay until the end of the transaction. */
export async function knownTags(db: Db, names: readonly string[]): Promise<Map<string, string>> {
  const folded = [...new Set(names.map((name) => name.toLowerCase()))]
  if (folded.length === 0) return new Map()
  const rows = await db
    .selectFrom('tag')
    .select(['id', 'foldedName'])
    .where('foldedName', 'in', folded)
    .where('deletedAt', 'is', null)
    .orderBy('id')
    .forShare()
    .execute()
  return new Map(rows.map(({ id, foldedName }) => [foldedName, id]))
}

export async function countTags(db: Db): Promise<number> {
  const { count } = await db
    .selectFrom('tag')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('deletedAt', 'is', null)
    .executeTakeFirstOrThrow()
  return count
}

/** Tags by name in lower case; those that are not there are made, which whoever calls has asked the judge about. */
export async function findTags(asker: Ctx, db: Db, names: readonly string[]): Promise<Made<string>> {
  const known = await knownTags(db, names)
  // Of several spellings the first one counts.
  const missing = new Map(names.toReversed().flatMap((name) => (known.has(name.toLowerCase()) ? [] : [[name.toLowerCase(), name]])))
  if (missing.size === 0) return { found: known, events: [] }
  await sql`select pg_advisory_xact_lock(hashtextextended('crm.tags:' || ${asker.organizationId}::text, 0))`.execute(db)
  if (missing.size > MAX_TAGS - (await countTags(db))) throw tooManyTags(MAX_TAGS)
  const made = await db
    .insertInto('tag')
    .values([...missing.values()].map((name) => ({ id: uuidV7(), name, color: 'gray' as const })))
    .onConflict((conflict) => conflict.columns(['organizationId', 'foldedName']).where('deletedAt', 'is', null).doNothing())
    .returning(['id', 'name', 'color'])
    .execute()
  return { found: await knownTags(db, names), events: made.map(({ id, name, color }) => tagCreated({ tagId: id, name, color })) }
}

export interface FoundCompany {
  readonly companyId: string | null
  readonly company: string
}

export interface KnownCompany {
  readonly given: string
  /** As search compares names. */
  readonly folded: string
  readonly id: string | null
  readonly name: string | null
}

/** Companies within reach by the name in the file, as search compares names. None of them is deleted until the end of the transaction. */
export async function knownCompanies(asker: Ctx, db: Db, names: readonly string[]): Promise<Map<string, KnownCompany>> {
  const wanted = [...new Set(names)]
  if (wanted.length === 0) return new Map()
  // Folded beforehand: compared with a call, the index is out of reach under row-level security. One name after the other: of a table that has grown since
  // it was looked at last, the planner thinks that reading all of it is nothing.
  const { rows } = await sql<KnownCompany>`
    with given as materialized (select name, crm.fold_text(name) as folded from unnest(${wanted}::text[]) as given (name))
    select given.name as given, given.folded, known.id, known.name
      from given left join lateral (
        select company.id, company.name from company
         where company.sort_name = given.folded and company.deleted_at is null and ${maySee(asker)}
         order by company.sort_name, company.id limit 1) as known on true`.execute(db)
  await keep(
    db,
    rows.flatMap(({ id }) => id ?? []),
  )
  return new Map(rows.map((row) => [row.given, row]))
}

/** A file that names a company cannot fill in what a new one has to have. */
export const mayMakeCompanies = async (asker: Ctx, db: Db, { makesCompanies }: ImportSettings): Promise<boolean> =>
  makesCompanies && may(asker, 'crm.company.create') && may(asker, 'crm.company.read') && !(await demandsValues(db))

/** Companies by the name in the file, as `knownCompanies` has found them; those that nobody knows are made, where that is wanted and allowed. */
export async function foundOrMade(asker: Ctx, db: Db, known: readonly KnownCompany[], settings: ImportSettings): Promise<Made<FoundCompany>> {
  const found = new Map<string, FoundCompany>(known.map(({ given, id, name }) => [given, { companyId: id, company: name ?? given }]))
  const missing = known.filter(({ id }) => id === null)
  if (missing.length === 0 || !(await mayMakeCompanies(asker, db, settings))) return { found, events: [] }
  return { found, events: await makeCompanies(db, missing, settings.ownerId ?? null, found) }
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

const demandsValues = async (db: Db): Promise<boolean> =>
  (await db.selectFrom('field').select('id').where('record', '=', 'company').where('isRequired', '=', true).where('deletedAt', 'is', null).limit(1).execute())
    .length > 0

async function makeCompanies(db: Db, missing: readonly KnownCompany[], ownerId: string | null, found: Map<string, FoundCompany>): Promise<PendingEvent[]> {
  // Written differently, they are one: as search compares them.
  const groups = Map.groupBy(missing, ({ folded }) => folded)
  const made = [...groups.values()].flatMap((same) => (same[0] ? [{ id: uuidV7(), name: same[0].given, same }] : []))
  if (made.length === 0) return []
  await insertCompanies(
    db,
    made.map(({ id, name }) => ({ id, name, ownerId, ...NAME_ALONE })),
  )
  for (const { id, name, same } of made) for (const { given } of same) found.set(given, { companyId: id, company: name })
  return made.map(({ id, name }) => companyCreated({ companyId: id, name, ownerId, parentId: null, ...NAME_ALONE }))
}
