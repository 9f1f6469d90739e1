import { conditionsIn, type ListRecord, type UpdateView, type View } from '@ai-crm/contracts'
import { hashKey, queryOptions, useQueryClient } from '@tanstack/react-query'
import { api } from '../../../lib/api/api.ts'
import { useCommand } from '../../../lib/api/use-command.ts'
import type { ListSearch } from './list-search.ts'
import { LIST_DEFAULTS, type ListState } from './use-list-state.ts'
import { usualDirection } from './list-query.ts'

export const viewsQuery = (record: ListRecord) =>
  queryOptions({ queryKey: ['crm', 'views', record], queryFn: ({ signal }) => api.crm.listViews({ query: { record }, signal }), staleTime: 60_000 })

/** The address of a view: everything that it says stands there, so that it can be changed without saving. */
export const searchOf = (view: View | null): ListSearch => ({
  view: view?.id,
  filter: view?.filter ?? undefined,
  sort: view?.order?.sort,
  dir: view?.order?.direction,
  group: view?.groupBy ?? undefined,
  columns: view && view.columns.length > 0 ? view.columns.map(({ key }) => key) : undefined,
  widths: view ? widthsOf(view) : undefined,
  q: undefined,
  open: undefined,
  operation: undefined,
})

function widthsOf({ columns }: View): Record<string, number> | undefined {
  const widths = columns.flatMap(({ key, width }) => (width === null ? [] : [[key, width] as const]))
  return widths.length > 0 ? Object.fromEntries(widths) : undefined
}

/** What a view of the list as it stands would keep. */
export function partsOf(
  { filter, columns, group, widths }: ListSearch,
  { order, columns: shown }: Pick<ListState, 'order' | 'columns'>,
): Required<Pick<UpdateView, 'filter' | 'order' | 'groupBy' | 'columns'>> {
  return {
    filter: filter && conditionsIn(filter).length > 0 ? filter : null,
    order: { ...order },
    groupBy: group ?? null,
    columns: (columns ?? (widths ? shown.map(({ key }) => key) : [])).map((key) => ({ key, width: widths?.[key] ?? null })),
  }
}

/** Whether the list shows something else than the view says. */
export function isChanged(view: View, search: ListSearch, state: Pick<ListState, 'order' | 'columns'>): boolean {
  const { filter, order, groupBy, columns } = partsOf(search, state)
  const usual = { sort: LIST_DEFAULTS[view.record].sort, direction: usualDirection(LIST_DEFAULTS[view.record].sort) }
  const told = (of: readonly { key: string; width?: number | null }[]) => of.map(({ key, width }) => `${key} ${width ?? ''}`).join()
  return groupBy !== view.groupBy || !isEqual(filter, view.filter) || !isEqual(order, view.order ?? usual) || told(columns ?? []) !== told(view.columns)
}

/** Without regard to the order of properties, which PostgreSQL keeps in its own. */
const isEqual = (one: unknown, other: unknown): boolean => hashKey([one]) === hashKey([other])

/** Saving, changing and deleting views of one kind of record. `onGone` is called also when the view has left the screen by then. */
export function useViewCommands(record: ListRecord, onGone?: () => void) {
  const cache = useQueryClient()
  const onSuccess = () => void cache.invalidateQueries({ queryKey: ['crm', 'views', record] })
  const create = useCommand({
    run: (body: Parameters<typeof api.crm.createView>[0]['body'], idempotencyKey) => api.crm.createView({ body, idempotencyKey }),
    onSuccess,
  })
  const update = useCommand({
    run: ({ view, body }: { view: View; body: UpdateView }, idempotencyKey) =>
      api.crm.updateView({ params: { viewId: view.id }, body, ifMatch: view.version, idempotencyKey }),
    onSuccess,
    onError: onSuccess,
  })
  const remove = useCommand({
    run: (viewId: string) => api.crm.deleteView({ params: { viewId } }),
    onSuccess: () => {
      onSuccess()
      onGone?.()
    },
  })
  return { create, update, remove }
}
