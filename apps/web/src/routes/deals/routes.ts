import { DealSearch } from '@ai-crm/contracts'
import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { askedOf, boardQuery } from '../../features/crm/board/board-queries.ts'
import { BoardSearch } from '../../features/crm/board/board-search.ts'
import { rememberedDealsView } from '../../features/crm/board/deals-view.ts'
import { dealQuery, dealsQuery } from '../../features/crm/deals/queries.ts'
import { ListSearch } from '../../features/crm/lists/list-search.ts'
import { listParamsOf } from '../../features/crm/lists/use-list-state.ts'
import { appRoute } from '../roots.ts'

/** What the list shows lives in the address: a link shows the same to a colleague. */
const DealsSearch = ListSearch.extend({
  stage: DealSearch.shape.stage.catch(undefined),
  owner: DealSearch.shape.owner.catch(undefined),
})

export const dealsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/deals',
  validateSearch: DealsSearch,
  // The way to deals from everywhere leads to how they were looked at last; an address that says more is taken at its word, and whoever
  // looks at the list already stays there when the last filter or panel is closed.
  beforeLoad: ({ search, cause }) => {
    const isPlain = Object.values(search).every((value) => value === undefined)
    if (cause === 'enter' && isPlain && rememberedDealsView() === 'board') throw redirect({ to: '/deals/board' })
  },
  loaderDeps: ({ search: { open: _open, columns: _columns, view: _view, ...shown } }) => shown,
  loader: ({ context, deps: { stage, owner, ...list } }) => {
    const params = listParamsOf('deal', list)
    if (params) void context.queryClient.prefetchInfiniteQuery(dealsQuery({ ...params, stage, owner }))
  },
  component: lazyRouteComponent(() => import('./deals-page.tsx'), 'DealsPage'),
})

export const dealsBoardRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/deals/board',
  validateSearch: BoardSearch,
  loaderDeps: ({ search: { open: _open, lanes: _lanes, ...shown } }) => shown,
  loader: ({ context, deps: { pipeline, q, filter, owner } }) => {
    if (filter === undefined) void context.queryClient.prefetchQuery(boardQuery(pipeline, askedOf({ search: q, owner })))
  },
  component: lazyRouteComponent(() => import('./board-page.tsx'), 'BoardPage'),
})

export const forecastRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/deals/forecast',
  validateSearch: BoardSearch.pick({ pipeline: true }),
  component: lazyRouteComponent(() => import('./forecast-page.tsx'), 'ForecastPage'),
})

export const dealRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/deals/$dealId',
  loader: ({ context, params }) => void context.queryClient.prefetchQuery(dealQuery(params.dealId)),
  component: lazyRouteComponent(() => import('./deal-page.tsx'), 'DealPage'),
})
