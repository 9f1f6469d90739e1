import type { FilterNode, ListField, ListRecord } from '@ai-crm/contracts'
import { useMemo } from 'react'
import { soundFilter } from './filter-tree.ts'
import { usualDirection } from './list-query.ts'
import type { ListSearch } from './list-search.ts'
import { useOfferedFields, type OfferedField } from './offered-fields.ts'
import type { Order } from './table-header.tsx'

/** What a list of this kind begins with. */
export interface ListDefaults {
  readonly sort: string
  /** After the first one. */
  readonly columns: readonly string[]
}

export const LIST_DEFAULTS: Readonly<Record<ListRecord, ListDefaults>> = {
  contact: { sort: 'lastActivityAt', columns: ['email', 'company', 'phone', 'lastActivityAt'] },
  company: { sort: 'name', columns: ['domains', 'industry', 'ownerId', 'createdAt'] },
  deal: { sort: 'createdAt', columns: ['amountMinor', 'stage', 'companyId', 'ownerId', 'expectedCloseOn'] },
}

export interface ListState {
  readonly offered: readonly OfferedField[]
  readonly fields: readonly ListField[]
  readonly filter: FilterNode | undefined
  readonly order: Order
  readonly columns: readonly ListField[]
  /** Whether the address names what is gone, or not for this reader. */
  readonly hasDropped: boolean
}

/** What the address says of a list, as far as it can be done for this reader; the rest is what lists of this kind begin with. */
export function useListState(record: ListRecord, { filter, sort, dir, columns }: ListSearch): ListState {
  const offered = useOfferedFields(record)
  return useMemo(() => {
    const own = offered.flatMap(({ relation, field }) => (relation === null ? [field] : []))
    const find = (key: string) => own.find((field) => field.key === key)
    const sound = soundFilter(filter, (path) => offered.find((one) => one.path === path)?.field)
    const isSortKnown = sort === undefined || find(sort)?.isSortable === true
    const chosen = sort !== undefined && isSortKnown ? sort : LIST_DEFAULTS[record].sort
    const shown = (columns ?? LIST_DEFAULTS[record].columns).flatMap((key) => find(key) ?? [])
    const isColumnGone = columns !== undefined && shown.length < columns.length
    return {
      offered,
      fields: own,
      filter: sound.filter,
      order: { sort: chosen, direction: (isSortKnown ? dir : undefined) ?? usualDirection(chosen) },
      columns: shown,
      hasDropped: sound.dropped > 0 || !isSortKnown || isColumnGone,
    }
  }, [record, offered, filter, sort, dir, columns])
}

/** The order that the address leaves unsaid, for loaders that run before anybody is known. */
export const usualOrder = (record: ListRecord, { sort = LIST_DEFAULTS[record].sort, dir }: Pick<ListSearch, 'sort' | 'dir'>): Order => ({
  sort,
  direction: dir ?? usualDirection(sort),
})

