import type { ListRecord, TrashItem, TrashQuery } from '@ai-crm/contracts'
import { decodeCursor, encodeCursor, isAfter } from '@ai-crm/platform'
import { sql, type RawBuilder } from 'kysely'
import type { Ctx } from '../ctx.ts'
import { mayReadSome, RECORDS } from '../lists/list-record.ts'

type Row = Omit<TrashItem, 'record' | 'deletedAt' | 'removedAt'> & { readonly deletedAt: Date; readonly place: string }

const NAMES: Readonly<Record<ListRecord, { name: string; folded: string }>> = {
  contact: { name: 'contact.name', folded: 'contact.sortName' },
  company: { name: 'company.name', folded: 'company.sortName' },
  deal: { name: 'deal.title', folded: 'deal.sortTitle' },
}
const DAY_MS = 86_400_000

/** Deleted records of one kind within reach, what was deleted last first, with whoever deleted them; none for whoever may not see such records. */
export async function listTrash(ctx: Ctx, query: TrashQuery): Promise<{ items: TrashItem[]; nextCursor: string | null }> {
  const { record, limit } = query
  if (!mayReadSome(ctx, record)) return { items: [], nextCursor: null }
  const { rows } = await trashPage(ctx, query).execute(ctx.db)
  const shown = rows.slice(0, limit)
  const items = shown.map(({ place: _place, deletedAt, ...row }) => ({
    ...row,
    record,
    deletedAt: deletedAt.toISOString(),
    removedAt: new Date(deletedAt.getTime() + ctx.config.TRASH_DAYS * DAY_MS).toISOString(),
  }))
  const last = rows.length > limit ? shown.at(-1) : undefined
  return { items, nextCursor: last ? encodeCursor(ctx, kindOf(query), [last.place, last.id]) : null }
}

const kindOf = ({ record, search = '' }: TrashQuery): string => `trash/${record}/${search}`

function trashPage(ctx: Ctx, query: TrashQuery): RawBuilder<Row> {
  const { record, search, limit, cursor } = query
  const column = (name: string) => sql.ref(`${record}.${name}`)
  const keys = [
    { column: column('deletedAt'), direction: 'desc' },
    { column: column('id'), direction: 'desc' },
  ] as const
  const after = cursor === undefined ? sql`true` : isAfter(keys, decodeCursor(ctx, kindOf(query), cursor))
  const named = search ? sql`' ' || ${sql.ref(NAMES[record].folded)} like all (crm.search_patterns(${search}))` : sql`true`
  const isMerged = record === 'deal' ? sql`false` : sql`${column('mergedInto')} is not null`
  // The last version of what is deleted is its deletion.
  return sql<Row>`select ${column('id')} as id, ${sql.ref(NAMES[record].name)} as name, ${column('deletedAt')} as "deletedAt",
      cast(${column('deletedAt')} as text) as place,
      (select event.actor from event where event.aggregate_type = ${record} and event.aggregate_id = ${column('id')} and event.aggregate_version = ${column('version')}) as "deletedBy"
    from ${sql.table(record)}
   where ${column('deletedAt')} is not null and not (${isMerged}) and ${RECORDS[record].mayRead(ctx)} and ${named} and ${after}
   order by ${column('deletedAt')} desc, ${column('id')} desc limit ${limit + 1}`
}
