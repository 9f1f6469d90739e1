import type { ListFilterQuery, ListQuery, ListRecord } from '@ai-crm/contracts'
import { decodeCursor, encodeCursor, reachesAll } from '@ai-crm/platform'
import { sql, type RawBuilder } from 'kysely'
import { z } from 'zod'
import type { Ctx } from '../ctx.ts'
import { compileFilter, parseFilter } from './compile-filter.ts'
import { touchedBy, touchedRecords, touchesMany } from '../operations/touched-by.ts'
import { askerOf, keysIn, type ListAsker } from './list-asker.ts'
import { inSight } from './list-record.ts'
import { narrowed } from './rare-words.ts'
import { withinStatement } from './too-slow.ts'
import { legWithoutValues, legWithValues, walkOf, type Leg, type Position } from './walk.ts'
import { checkZone } from './zone.ts'

/** What is asked of a list, whatever is answered of it. */
export interface Askable<Query extends ListFilterQuery> {
  readonly record: ListRecord
  /** What the list's own parameters ask. */
  readonly conditions: (ctx: Ctx, query: Query) => readonly RawBuilder<boolean>[]
  /** Those of them that compare with one of a few words, which stand in the statement as they are: each has a plan that is made once. */
  readonly choices?: (query: Query) => readonly RawBuilder<boolean>[]
}

export interface List<Row, Item, Query extends ListQuery> extends Askable<Query> {
  /** What is read of a record, as Kysely's select takes it. */
  readonly columns: (ctx: Ctx) => readonly unknown[]
  readonly toItem: (row: Row) => Item
}

export interface Page<Item> {
  items: Item[]
  nextCursor: string | null
}

export interface Asked {
  readonly asker: ListAsker
  /** Which records are in the list: living, within reach, as its parameters and its filter say. */
  readonly conditions: RawBuilder<boolean>
  /** Every living record: nothing is narrowed, and nobody's is out of reach. */
  readonly isWhole: boolean
  /** Narrowed by `choices` at most: a statement of few, for which one plan does. */
  readonly isPlannedOnce: boolean
}

/** What a list is asked, understood; `keys` of fields that are named beside the filter. Throws `filterInvalid` and `unknownZone` (400). */
export async function askList<Query extends ListFilterQuery>(ctx: Ctx, list: Askable<Query>, query: Query, keys: readonly string[]): Promise<Asked> {
  const filter = query.filter === undefined ? undefined : parseFilter(query.filter)
  const asker = await askerOf(ctx, list.record, checkZone(query.zone), [...keys, ...keysIn(filter)])
  const filtered = filter ? [compileFilter(asker, list.record, filter), (await narrowed(ctx, list.record, filter)) ?? sql<boolean>`true`] : []
  const choices = list.choices?.(query) ?? []
  const touched = query.operationId === undefined ? [] : [touchedBy(ctx, list.record, query.operationId)]
  const narrowing = [...list.conditions(ctx, query), ...touched, ...filtered]
  const conditions = sql<boolean>`${sql.join([inSight(ctx, list.record), ...choices, ...narrowing], sql` and `)}`
  const isPlannedOnce = narrowing.length === 0 && reachesAll(ctx, list.record, 'read')
  return { asker, conditions, isWhole: isPlannedOnce && choices.length === 0, isPlannedOnce }
}

/** A page of any kind of list, in at most two statements (of what an operation touched, five), and one where custom fields are named. Throws what askList and walkOf throw, `listTooSlow` (422), and 400 for a cursor of another list. */
export async function listPage<Row extends { id: string }, Item, Query extends ListQuery>(
  ctx: Ctx,
  list: List<Row, Item, Query>,
  query: Query,
): Promise<Page<Item>> {
  const after = query.cursor === undefined ? null : Cursor.parse(decodeCursor(ctx, kindOf(list.record, query), query.cursor))
  const { operationId } = query
  const asked = await askList(ctx, list, { ...query, operationId: undefined }, [query.sort])
  const { asker, conditions } = asked
  const isPlannedOnce = asked.isPlannedOnce && operationId === undefined
  const walk = walkOf(asker, list.record, query)
  // One row more than the page: whether there is a next one.
  const wanted = query.limit + 1
  const read = async ({ from, where, orderBy, key }: Leg, limit: number) => {
    const most = isPlannedOnce && limit === wanted ? knownLimit(wanted) : sql`${limit}`
    const { rows } = await sql<Row & { sortKey: string | null }>`select ${sql.join(list.columns(ctx).map(selected))}, ${key} as sort_key
      from ${from} where ${conditions} and ${where} order by ${orderBy} limit ${most}`.execute(ctx.db)
    return rows
  }
  const step = async (leg: Leg, limit: number) => {
    if (operationId === undefined) return read(leg, limit)
    const touched = { ...leg, where: sql`${leg.where} and ${touchedBy(ctx, list.record, operationId)}` }
    if (walk.fieldId !== null) return read(touched, limit)
    const near = isOfMany ? await read({ ...touched, from: nearest(ctx, list.record, leg) }, limit) : []
    return near.length === limit ? near : read({ ...leg, from: touchedRecords(ctx, list.record, operationId) }, limit)
  }
  const isOfMany = operationId !== undefined && (await touchesMany(ctx, operationId))
  const isPastValues = after !== null && after[0] === null
  const rows = await withinStatement(query, async () => {
    const valued = isPastValues ? [] : [...(await step(legWithValues(walk, after), wanted))]
    if (!walk.isNullable || valued.length >= wanted) return valued
    return [...valued, ...(await step(legWithoutValues(walk, isPastValues ? after : null), wanted - valued.length))]
  })
  const items = rows.slice(0, query.limit)
  const last = rows.length > query.limit ? items.at(-1) : undefined
  return { items: items.map(list.toItem), nextCursor: last ? encodeCursor(ctx, kindOf(list.record, query), [last.sortKey, last.id]) : null }
}

/** So many rows of a walk are looked through for those of a large operation; where they stand further away, all of them are fetched and sorted, however many others there are. */
const NEAR = 5_000

const nearest = (ctx: Ctx, record: ListRecord, { from, where, orderBy }: Leg): RawBuilder<unknown> =>
  sql`(select * from ${from} where ${inSight(ctx, record)} and ${where} order by ${orderBy} limit ${NEAR}) as ${sql.table(record)}`

/**
 * Of a list as a whole, or of all of one source, whose plan is always the same. PostgreSQL takes a limit that it does not know for a tenth of the table,
 * and plans anew for each request, which costs as much as the rows do; what is narrowed deserves a plan of its own.
 */
export const knownLimit = (limit: number): RawBuilder<unknown> => sql.lit(limit)

const Cursor: z.ZodType<Position> = z.tuple([z.string().nullable(), z.string()])

const selected = (column: unknown): unknown => (typeof column === 'string' ? sql.ref(column) : column)

/** A cursor continues the list it came from: the same sort, filter and words. */
const kindOf = (record: ListRecord, { limit: _limit, cursor: _cursor, ...rest }: ListQuery): string => `${record}/${JSON.stringify(rest)}`
