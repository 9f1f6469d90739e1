import type { Group } from '@ai-crm/contracts'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useCallback, useMemo, useState, type ReactNode } from 'react'
import { withConditions } from './filter-tree.ts'
import { GroupLoader } from './group-loader.tsx'
import { conditionOf, inGroupOrder } from './groups.ts'
import { groupedItems, groupId, type ListItem, type LoadedGroup } from './list-items.ts'
import type { ListParams, listQueryOf, SummaryParams, summaryQueryOf } from './list-query.ts'
import type { ShownField } from './offered-fields.ts'

export interface ListSource<Row> {
  readonly queryOf: (params: ListParams) => ReturnType<typeof listQueryOf<Row, object>>
  readonly summaryOf: (params: ListParams, summed: SummaryParams) => ReturnType<typeof summaryQueryOf<object>>
}

interface Asked {
  readonly params: ListParams
  /** Undefined: the list is not grouped. */
  readonly groupBy: ShownField | undefined
  /** Keys of what is summed in each group. */
  readonly summed: readonly string[]
  readonly isWaiting: boolean
}

export interface ListRows<Row> {
  readonly items: readonly ListItem<Row>[]
  /** The records among them. */
  readonly rows: readonly Row[]
  readonly isPending: boolean
  readonly error: Error | null
  readonly refetch: () => void
  /** Of a list that is not grouped. */
  readonly hasMore: boolean
  readonly onEnd: () => void
  readonly groupCount: number
  readonly toggle: (id: string) => void
  /** The groups that are in sight now: theirs are the rows that are kept up to date. */
  readonly onSight: (ids: ReadonlySet<string>) => void
  /** Rows of a group have come into sight that are not loaded. */
  readonly onNeed: (id: string) => void
  /** To be rendered beside the table. */
  readonly loaders: ReactNode
}

/** What a list shows: its records page by page, or in groups, whose records are fetched when they come into sight. */
export function useListRows<Row extends { readonly id: string }>(source: ListSource<Row>, { params, groupBy, summed, isWaiting }: Asked): ListRows<Row> {
  const plain = useInfiniteQuery({ ...source.queryOf(params), enabled: !isWaiting && groupBy === undefined })
  const summary = useQuery({
    ...source.summaryOf(params, { fields: summed, isExact: false, ...(groupBy ? { groupBy: groupBy.key } : {}) }),
    enabled: !isWaiting && groupBy !== undefined,
    // Groups of another field mean nothing to this one.
    placeholderData: (groups, before) => (Object(before?.queryKey.at(-1)).groupBy === groupBy?.key ? groups : undefined),
  })
  const groups = useMemo(() => (groupBy ? inGroupOrder(groupBy, summary.data?.groups ?? []) : []), [groupBy, summary.data])
  const kept = useGroups<Row>(groupBy?.key)
  const plainRows = useMemo(() => plain.data?.pages.flatMap(({ items }) => items) ?? [], [plain.data])
  const items = useMemo<readonly ListItem<Row>[]>(
    () => (groupBy ? groupedItems(groups, kept.closed, kept.loaded) : plainRows.map((row) => ({ kind: 'row', id: row.id, row }))),
    [groupBy, groups, kept.closed, kept.loaded, plainRows],
  )
  const rows = useMemo(() => items.flatMap((item) => (item.kind === 'row' ? item.row : [])), [items])
  const { isPending, error, data, refetch } = groupBy ? summary : plain
  const queryOf = (field: ShownField, group: Group) => source.queryOf({ ...params, filter: withConditions(params.filter, [conditionOf(field, group.value)]) })
  return {
    items,
    rows,
    isPending,
    error: data ? null : error,
    refetch: () => void refetch(),
    hasMore: groupBy === undefined && plain.hasNextPage && !plain.isFetchingNextPage,
    onEnd: () => void plain.fetchNextPage(),
    groupCount: groups.length,
    toggle: kept.toggle,
    onSight: kept.onSight,
    onNeed: kept.onNeed,
    loaders:
      groupBy &&
      groups
        .map((group) => ({ id: groupId(group), group }))
        .filter(({ id }) => kept.inSight.has(id) && !kept.closed.has(id))
        .map(({ id, group }) => <GroupLoader key={id} id={id} query={queryOf(groupBy, group)} onLoaded={kept.onLoaded} />),
  }
}

const NONE: ReadonlySet<string> = new Set()

/** Which groups are closed, which are in sight, and what is known of them; of another field anew. */
function useGroups<Row>(by: string | undefined) {
  const [state, setState] = useState({ by, closed: new Set<string>(), inSight: NONE })
  const [loaded, setLoaded] = useState<ReadonlyMap<string, LoadedGroup<Row>>>(new Map())
  if (state.by !== by) {
    setState({ by, closed: new Set(), inSight: NONE })
    setLoaded(new Map())
  }
  const onLoaded = useCallback((id: string, group: LoadedGroup<Row>) => setLoaded((all) => new Map([...all, [id, group]])), [])
  return {
    closed: state.closed,
    inSight: state.inSight,
    loaded,
    onLoaded,
    toggle: (id: string) => {
      const closed = new Set(state.closed)
      if (!closed.delete(id)) closed.add(id)
      setState({ ...state, closed })
    },
    onSight: (ids: ReadonlySet<string>) =>
      setState((now) => (ids.size === now.inSight.size && [...ids].every((id) => now.inSight.has(id)) ? now : { ...now, inSight: ids })),
    onNeed: (id: string) => loaded.get(id)?.more(),
  }
}
