import { isCondition, type FilterCondition, type FilterNode, type ListRecord } from '@ai-crm/contracts'
import { sql, type RawBuilder } from 'kysely'
import type { Ctx } from '../ctx.ts'

/** Where more have it, the walk meets enough of them soon. */
const MOST = 1_000
const MIN_LETTERS = 3

/** Fields whose whole text stands in the words of the search, folded alike. */
const SEARCHED: Readonly<Record<ListRecord, ReadonlySet<string>>> = {
  contact: new Set(['name', 'email', 'company']),
  company: new Set(['name', 'domains']),
  deal: new Set(['title']),
}

/**
 * A part of a text that few records have: they are found by the index of the search, beside the filter, which goes on to decide; by itself it would walk
 * past all that do not have it. Null where nothing is asked so, or many have it. Of a filter that was compiled.
 */
export async function narrowed({ db }: Pick<Ctx, 'db'>, record: ListRecord, filter: FilterNode): Promise<RawBuilder<boolean> | null> {
  const [longest] = fragmentsIn(record, filter).toSorted((one, other) => other.length - one.length)
  if (longest === undefined || longest.length < MIN_LETTERS) return null
  const { rows } = await sql<{ ids: string[] | null }>`select crm.records_having(${record}, ${longest}, ${MOST}) as ids`.execute(db)
  const ids = rows[0]?.ids
  return ids ? sql<boolean>`${sql.ref(`${record}.id`)} = any(${ids}::uuid[])` : null
}

/** What every record of the list has in it. */
const fragmentsIn = (record: ListRecord, filter: FilterNode): string[] => alwaysAsked(filter).flatMap((condition) => fragmentOf(record, condition) ?? [])

const alwaysAsked = (node: FilterNode): FilterCondition[] => (isCondition(node) ? [node] : (node.all ?? []).flatMap(alwaysAsked))

const fragmentOf = (record: ListRecord, { field, op, value }: FilterCondition): string | null =>
  SEARCHED[record].has(field) && (op === 'contains' || op === 'startsWith') && typeof value === 'string' ? value : null
