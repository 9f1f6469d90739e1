import { isCondition, type FilterNode } from '@ai-crm/contracts'
import { useQueries } from '@tanstack/react-query'
import { namedQuery } from '../fields/queries.ts'
import type { OfferedField } from './offered-fields.ts'

/** A condition tells of that many records by name, and how many more there are. */
const TOLD = 2

/** What the records are called that a condition names. */
export function useRecordNames(node: FilterNode, offered: OfferedField | undefined): (id: string) => string | null {
  const to = offered?.field.kind === 'relation' ? offered.field.to : undefined
  const values: readonly unknown[] = isCondition(node) ? [node.value].flat() : []
  const ids = to ? values.filter((value) => typeof value === 'string').slice(0, TOLD) : []
  const found = useQueries({ queries: to ? ids.map((id) => namedQuery(to, id)) : [] })
  return (id) => found[ids.indexOf(id)]?.data?.label ?? null
}
