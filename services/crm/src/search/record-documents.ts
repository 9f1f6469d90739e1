import { SEARCHED_KINDS, type SearchedKind } from '@ai-crm/contracts'
import type { GoneDocument, SearchDocument, SearchPage } from '@ai-crm/platform'
import { sql, type RawBuilder } from 'kysely'
import type { Ctx } from '../ctx.ts'
import { SEARCHED_RECORDS } from './searched-record.ts'

const AT_ONCE = 500

export interface NamedRecord {
  readonly record: SearchedKind
  readonly id: string
}

/** Records as the index is to know them now: with the words that PostgreSQL finds them by, or that they are gone. */
export async function documentsOf({ db }: Pick<Ctx, 'db'>, named: readonly NamedRecord[]): Promise<(SearchDocument | GoneDocument)[]> {
  const parts = [...Map.groupBy(named, ({ record }) => record)].map(([record, of]) => {
    const ids = [...new Set(of.map(({ id }) => id))]
    return sql`(select ${columns(record)} from unnest(${ids}::uuid[]) as asked (id) left join ${sql.table(record)} on ${sql.ref(`${record}.id`)} = asked.id)`
  })
  if (parts.length === 0) return []
  const { rows } = await sql<Row>`${sql.join(parts, sql` union all `)}`.execute(db)
  return rows.map(toDocument)
}

/** All living records of the organisation, kind after kind, by their ids. */
export async function documentPage({ db }: Pick<Ctx, 'db'>, after: string | null): Promise<SearchPage> {
  const [record, last] = placeOf(after)
  const id = sql.ref(`${record}.id`)
  const { rows } = await sql<Row>`select ${columns(record, id)} from ${sql.table(record)}
    where ${sql.ref(`${record}.deletedAt`)} is null and ${id} > ${last}::uuid order by ${id} limit ${AT_ONCE}`.execute(db)
  const documents = rows.map(toDocument).filter((document) => 'words' in document)
  const end = rows.at(-1)
  if (end && rows.length === AT_ONCE) return { documents, next: `${record} ${end.id}` }
  const following = SEARCHED_KINDS[SEARCHED_KINDS.indexOf(record) + 1]
  return { documents, next: following ? `${following} ${FIRST}` : null }
}

export async function countDocuments({ db }: Pick<Ctx, 'db'>): Promise<{ documents: number; waiting: number }> {
  const living = SEARCHED_KINDS.map((record) => sql`(select count(*) from ${sql.table(record)} where ${sql.ref(`${record}.deletedAt`)} is null)`)
  const { rows } = await sql<{ documents: number; waiting: number }>`select (${sql.join(living, sql` + `)})::int as documents,
    (select count(*)::int from search_change) as waiting`.execute(db)
  return rows[0] ?? { documents: 0, waiting: 0 }
}

interface Row {
  readonly kind: SearchedKind
  readonly id: string
  readonly version: number | null
  readonly isLiving: boolean
  readonly name: string | null
  readonly words: string | null
  readonly ownerId: string | null
}

const columns = (record: SearchedKind, id: RawBuilder<unknown> = sql`asked.id`): RawBuilder<unknown> => {
  const column = (name: string) => sql.ref(`${record}.${name}`)
  const { foldedName, words, ownerId } = SEARCHED_RECORDS[record]
  return sql`${sql.lit(record)}::text as kind, ${id} as id, ${column('version')} as version,
    (${column('id')} is not null and ${column('deletedAt')} is null) as "isLiving",
    ${foldedName} as name, ${words} as words, ${ownerId} as "ownerId"`
}

const toDocument = ({ kind, id, version, isLiving, name, words, ownerId }: Row): SearchDocument | GoneDocument =>
  isLiving && version !== null ? { kind, id, version, name: name ?? '', words: words ?? '', ownerId } : { kind, id, version }

const FIRST = '00000000-0000-0000-0000-000000000000'

function placeOf(after: string | null): [SearchedKind, string] {
  const [kind, id] = after?.split(' ') ?? []
  const record = SEARCHED_KINDS.find((known) => known === kind)
  return record && id ? [record, id] : [SEARCHED_KINDS[0], FIRST]
}
