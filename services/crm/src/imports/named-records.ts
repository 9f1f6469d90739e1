import type { ListRecord } from '@ai-crm/contracts'
import { sql, type RawBuilder } from 'kysely'
import { validate as isUuid } from 'uuid'
import { normalDomain } from '../companies/domain.ts'
import { normalEmail } from '../contacts/normal-email.ts'
import type { Ctx, Db } from '../ctx.ts'
import type { DraftedRow, NamedRecord } from '../import-reading/draft.ts'
import { inSight, isHidden, mayReadSome } from '../lists/list-record.ts'

/** Whom a text means; of several that are called so, null. */
type Found = Map<string, string | null>
type Hit = { readonly text: string; readonly id: string; readonly isExact: boolean }

/**
 * Puts ids in place of what rows call the records that their own fields name; where that is nobody in sight, or several, it is a complaint about the
 * row. Each kind of record is asked for once; none of those that are found is deleted until the end of the transaction.
 */
export async function withNamedRecords(asker: Ctx, db: Db, rows: readonly DraftedRow[]): Promise<readonly DraftedRow[]> {
  const byRecord = Map.groupBy(
    rows.flatMap(({ draft }) => draft?.named ?? []),
    ({ record }) => record,
  )
  if (byRecord.size === 0) return rows
  const found = new Map<ListRecord, Found>()
  for (const [record, named] of byRecord) found.set(record, await findRecords(asker, db, record, new Set(named.map(({ text }) => text))))
  return rows.map((row) => withFound(row, ({ record, text }) => found.get(record)?.get(text)))
}

function withFound(row: DraftedRow, idOf: (named: NamedRecord) => string | null | undefined): DraftedRow {
  const { draft } = row
  if (!draft || draft.named.length === 0) return row
  const custom = { ...draft.custom }
  const complaints = draft.named.flatMap((named) => {
    const id = idOf(named)
    if (id) custom[named.fieldId] = id
    return id ? [] : [{ code: `crm.import.${id === null ? 'related_ambiguous' : 'related_unknown'}`, column: named.column, value: named.given }]
  })
  return complaints.length > 0 ? { ...row, draft: null, complaints } : { ...row, draft: { ...draft, custom } }
}

/** By id, by what can be one's only, then by name. */
async function findRecords(asker: Ctx, db: Db, record: ListRecord, texts: ReadonlySet<string>): Promise<Found> {
  const found: Found = new Map()
  if (!mayReadSome(asker, record)) return found
  for (const hitsOf of [byId, ADDRESSED[record], byName]) {
    const hits = await hitsOf(
      asker,
      db,
      record,
      [...texts].filter((text) => !found.has(text)),
    )
    for (const [text, [first, second]] of Map.groupBy(hits, (hit) => hit.text)) found.set(text, idOfHits(first, second))
  }
  const living = await keep(asker, db, record, found)
  for (const [text, id] of found) if (id !== null && !living.has(id)) found.delete(text)
  return found
}

/** Written as it is, a name counts more than written otherwise. */
const idOfHits = (first: Hit | undefined, second: Hit | undefined): string | null =>
  first && (!second || second.id === first.id || first.isExact !== second.isExact) ? first.id : null

type HitsOf = (asker: Ctx, db: Db, record: ListRecord, texts: string[]) => Promise<readonly Hit[]>

const byId: HitsOf = async (_asker, _db, _record, texts) => texts.flatMap((text) => (isUuid(text) ? [{ text, id: text.toLowerCase(), isExact: true }] : []))

const nothing: HitsOf = async () => []

/** `normal`: as addresses are kept, or null for what is none; `own`: whose `given.value` is. Whoever may not see addresses finds nobody by them, and of somebody out of sight an address says nothing: it may be a name in sight. */
const byAddress =
  (key: string, normal: (text: string) => string | null, own: RawBuilder<unknown>): HitsOf =>
  async (asker, db, record, texts) => {
    const given = texts.flatMap((text) => ((value) => (value === null ? [] : [{ text, value }]))(normal(text)))
    if (given.length === 0 || isHidden(asker, record, key)) return []
    const { rows } = await sql<Hit>`
      select given.text, kept.id, true as "isExact"
        from unnest(${given.map(({ text }) => text)}::text[], ${given.map(({ value }) => value)}::text[]) as given (text, value)
       cross join lateral (${own} limit 1) as kept
       where exists (select from ${sql.table(record)} where ${sql.ref(`${record}.id`)} = kept.id and ${inSight(asker, record)})`.execute(db)
    return rows
  }

const ADDRESSED: Readonly<Record<ListRecord, HitsOf>> = {
  contact: byAddress(
    'email',
    (text) => (text.includes('@') ? normalEmail(text) : null),
    sql`select contact_id as id from contact_address where kind = 'email' and contact_address.value = given.value`,
  ),
  company: byAddress('domains', normalDomain, sql`select company_id as id from company_domain where company_domain.domain = given.value`),
  deal: nothing,
}

const CALLED: Readonly<Record<ListRecord, { readonly key: string; readonly name: RawBuilder<string>; readonly sortName: RawBuilder<string> }>> = {
  contact: { key: 'name', name: sql`contact.name`, sortName: sql`contact.sort_name` },
  company: { key: 'name', name: sql`company.name`, sortName: sql`company.sort_name` },
  deal: { key: 'title', name: sql`deal.title`, sortName: sql`deal.sort_title` },
}

/** Of more that are called alike none is told from the others. */
const MOST_ALIKE = 50

/** As search compares names, two of each at most. Folded beforehand, one after the other and in the order of the index, as in named-things.ts. */
const byName: HitsOf = async (asker, db, record, texts) => {
  const { key, name, sortName } = CALLED[record]
  if (texts.length === 0 || isHidden(asker, record, key)) return []
  const table = sql.table(record)
  const { rows } = await sql<Hit>`
    with given as materialized (select text, crm.fold_text(text) as folded from unnest(${texts}::text[]) as given (text))
    select given.text, called.id, called.is_exact as "isExact"
      from given cross join lateral (
        select alike.id, alike.name = given.text and count(*) over () < ${MOST_ALIKE} as is_exact
          from (select ${table}.id, ${name} as name from ${table}
                 where ${sortName} = given.folded and ${inSight(asker, record)} order by ${sortName}, ${table}.id limit ${MOST_ALIKE}) as alike
         order by is_exact desc, alike.id limit 2) as called`.execute(db)
  return rows
}

async function keep(asker: Ctx, db: Db, record: ListRecord, found: Found): Promise<ReadonlySet<string>> {
  const ids = [...new Set(found.values())].filter((id) => id !== null)
  if (ids.length === 0) return new Set()
  const { rows } = await sql<{ id: string }>`
    select id from ${sql.table(record)} where id = any(${ids}::uuid[]) and ${inSight(asker, record)} order by id for share`.execute(db)
  return new Set(rows.map(({ id }) => id))
}
