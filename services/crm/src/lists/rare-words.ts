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

interface Fragment {
  readonly text: string
  /** Positions are no words of the search, and have an index of their own. */
  readonly words: ListRecord | 'contact_position'
}

/**
 * A part of a text that few records have: they are found by the index of the search, beside the filter, which goes on to decide; by itself it would walk
 * past all that do not have it. Null where nothing is asked so, or many have it. Of a filter that was compiled.
 */
export async function narrowed({ db }: Pick<Ctx, 'db'>, record: ListRecord, filter: FilterNode): Promise<RawBuilder<boolean> | null> {
  const [longest] = fragmentsIn(record, filter).toSorted((one, other) => other.text.length - one.text.length)
  if (longest === undefined || longest.text.length < MIN_LETTERS) return null
  const { rows } = await sql<{ ids: string[] | null }>`select crm.records_having(${longest.words}, ${longest.text}, ${MOST}) as ids`.execute(db)
  const ids = rows[0]?.ids
  return ids ? sql<boolean>`${sql.ref(`${record}.id`)} = any(${ids}::uuid[])` : null
}

/** What every record of the list has in it. */
const fragmentsIn = (record: ListRecord, filter: FilterNode): Fragment[] => alwaysAsked(filter).flatMap((condition) => fragmentOf(record, condition) ?? [])

const alwaysAsked = (node: FilterNode): FilterCondition[] => (isCondition(node) ? [node] : (node.all ?? []).flatMap(alwaysAsked))

function fragmentOf(record: ListRecord, { field, op, value }: FilterCondition): Fragment | null {
  if ((op !== 'contains' && op !== 'startsWith') || typeof value !== 'string') return null
  if (record === 'contact' && field === 'position') return { text: value, words: 'contact_position' }
  if (record === 'contact' && field === 'phone') return { text: partOfPhone(value), words: record }
  return SEARCHED[record].has(field) ? { text: value, words: record } : null
}

/** Of a number its longest row of digits: brackets and spaces stand in the words as they were written and not at all, digits in both. */
const partOfPhone = (text: string): string =>
  /^[\d\s()+./-]+$/.test(text) ? (text.match(/\d+/g) ?? []).reduce((longest, digits) => (digits.length > longest.length ? digits : longest), '') : text
