import type { ListQuery, ListRecord } from '@ai-crm/contracts'
import { decodeCursor, encodeCursor } from '@ai-crm/platform'
import { sql, type RawBuilder } from 'kysely'
import { z } from 'zod'
import type { Ctx } from '../ctx.ts'
import { compileFilter, parseFilter } from './compile-filter.ts'
import { inSight } from './list-record.ts'
import { legWithoutValues, legWithValues, walkOf, type Leg, type Position } from './walk.ts'
import { checkZone } from './zone.ts'

interface List<Row, Item, Query extends ListQuery> {
  readonly record: ListRecord
  /** What is read of a record, as Kysely's select takes it. */
  readonly columns: (ctx: Ctx) => readonly unknown[]
  readonly toItem: (row: Row) => Item
  /** What the list's own parameters ask. */
  readonly conditions: (ctx: Ctx, query: Query) => readonly RawBuilder<boolean>[]
}

export interface Page<Item> {
  items: Item[]
  nextCursor: string | null
}

/** Which records are in the list: living, within reach, as its parameters and its filter say. Throws `filterInvalid` and `unknownZone` (400). */
export function conditionsOf<Query extends ListQuery>(ctx: Ctx, list: Pick<List<never, unknown, Query>, 'record' | 'conditions'>, query: Query): RawBuilder<boolean> {
  const asker = { ...(ctx.rights ? { rights: ctx.rights } : {}), zone: checkZone(query.zone) }
  const filter = query.filter === undefined ? [] : [compileFilter(asker, list.record, parseFilter(query.filter))]
  return sql<boolean>`${sql.join([inSight(ctx, list.record), ...list.conditions(ctx, query), ...filter], sql` and `)}`
}

/** A page of any kind of list, in at most two statements. Throws what conditionsOf and walkOf throw, and 400 for a cursor of another list. */
export async function listPage<Row extends { id: string }, Item, Query extends ListQuery>(ctx: Ctx, list: List<Row, Item, Query>, query: Query): Promise<Page<Item>> {
  const walk = walkOf(ctx, list.record, query.sort, query.direction)
  const conditions = conditionsOf(ctx, list, query)
  const after = query.cursor === undefined ? null : Cursor.parse(decodeCursor(ctx, kindOf(list.record, query), query.cursor))
  const step = async ({ where, orderBy }: Leg, limit: number) => {
    const { rows } = await sql<Row & { sortKey: string | null }>`select ${sql.join(list.columns(ctx).map(selected))}, cast(${walk.column} as text) as sort_key
      from ${sql.table(list.record)} where ${conditions} and ${where} order by ${orderBy} limit ${limit}`.execute(ctx.db)
    return rows
  }
  // One row more than the page: whether there is a next one.
  const wanted = query.limit + 1
  const isPastValues = after !== null && after[0] === null
  const rows = isPastValues ? [] : [...(await step(legWithValues(walk, after), wanted))]
  if (walk.isNullable && rows.length < wanted) rows.push(...(await step(legWithoutValues(walk, isPastValues ? after : null), wanted - rows.length)))
  const items = rows.slice(0, query.limit)
  const last = rows.length > query.limit ? items.at(-1) : undefined
  return { items: items.map(list.toItem), nextCursor: last ? encodeCursor(ctx, kindOf(list.record, query), [last.sortKey, last.id]) : null }
}

const Cursor: z.ZodType<Position> = z.tuple([z.string().nullable(), z.string()])

const selected = (column: unknown): unknown => (typeof column === 'string' ? sql.ref(column) : column)

/** A cursor continues the list it came from: the same sort, filter and words. */
const kindOf = (record: ListRecord, { limit: _limit, cursor: _cursor, ...rest }: ListQuery): string => `${record}/${JSON.stringify(rest)}`
