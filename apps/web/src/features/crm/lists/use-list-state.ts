import { CUSTOM_PREFIX, type FilterNode, type ListRecord } from '@ai-crm/contracts'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { currentSession, useMe } from '../../../lib/session/session-store.ts'
import { fieldsQuery } from '../../../lib/session/fields-query.ts'
import { usePipelines } from '../../../lib/pipelines/use-pipelines.ts'
import { tagsQuery } from '../tags/queries.ts'
import { NAME_BESIDE } from './field-value.ts'
import { isGroupable } from './groups.ts'
import { soundFilter } from './filter-tree.ts'
import { usualDirection, type ListParams } from './list-query.ts'
import type { ListSearch } from './list-search.ts'
import { NOTHING_KEPT, offeredFields, type Kept, type OfferedField, type Reader, type ShownField } from './offered-fields.ts'
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
  readonly fields: readonly ShownField[]
  readonly filter: FilterNode | undefined
  readonly order: Order
  readonly columns: readonly ShownField[]
  readonly groupBy: ShownField | undefined
  /** Whether the address names what is gone, or not for this reader. */
  readonly hasDropped: boolean
}

/** A record that is led to is told by its name: where no list reads it, there is nothing to show. */
export const isColumn = ({ key, kind }: ShownField): boolean => kind !== 'relation' || key in NAME_BESIDE

/** What the address says of a list, as far as it can be done for this reader; the rest is what lists of this kind begin with. */
export function listStateOf(record: ListRecord, { filter, sort, dir, columns, group }: ListSearch, me: Reader, kept: Kept): ListState {
  const offered = offeredFields(record, me, kept)
  const own = offered.flatMap(({ relation, field }) => (relation === null ? [field] : []))
  const find = (key: string) => own.find((field) => field.key === key)
  const sound = soundFilter(filter, (path) => offered.find((one) => one.path === path)?.field)
  const isSortKnown = sort === undefined || find(sort)?.isSortable === true
  const chosen = sort !== undefined && isSortKnown ? sort : LIST_DEFAULTS[record].sort
  const shown = (columns ?? LIST_DEFAULTS[record].columns).flatMap((key) => own.find((field) => field.key === key && isColumn(field)) ?? [])
  const grouped = own.find((field) => field.key === group && isGroupable(field))
  const isColumnGone = columns !== undefined && shown.length < columns.length
  return {
    offered,
    fields: own,
    filter: sound.filter,
    order: { sort: chosen, direction: (isSortKnown ? dir : undefined) ?? usualDirection(chosen) },
    columns: shown,
    groupBy: grouped,
    hasDropped: sound.dropped > 0 || !isSortKnown || isColumnGone || (group !== undefined && !grouped),
  }
}

const namesCustom = ({ filter, sort, columns, group }: ListSearch): boolean => JSON.stringify([filter, sort, columns, group]).includes(CUSTOM_PREFIX)

/** `isWaiting`: the address names custom fields, and it is not known yet which there are. */
export function useListState(record: ListRecord, search: ListSearch): ListState & { isWaiting: boolean } {
  const me = useMe()
  const { filter, sort, dir, columns, group } = search
  const { data, isPending } = useQuery(fieldsQuery)
  const tags = useQuery(tagsQuery).data
  const pipelines = usePipelines()
  return useMemo(
    () => ({
      ...listStateOf(record, { filter, sort, dir, columns, group }, me, {
        customs: data?.items.filter(({ isHidden }) => !isHidden) ?? [],
        tags: tags?.items ?? [],
        pipelines,
      }),
      isWaiting: isPending && namesCustom({ filter, sort, columns, group }),
    }),
    [record, filter, sort, dir, columns, group, me, data, tags, pipelines, isPending],
  )
}

/** What the page is about to ask, for its loader; null before it is known who asks, and which custom fields there are. */
export function listParamsOf(record: ListRecord, search: ListSearch): ListParams | null {
  const session = currentSession()
  if (session.status !== 'signed-in' || search.group !== undefined || namesCustom(search)) return null
  const { filter, order } = listStateOf(record, search, session.me, NOTHING_KEPT)
  return { search: search.q, filter, operationId: search.operation, ...order }
}
