import { DealSearch } from '@ai-crm/contracts'
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
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
  loaderDeps: ({ search: { open: _open, columns: _columns, view: _view, ...shown } }) => shown,
  loader: ({ context, deps: { stage, owner, ...list } }) => {
    const params = listParamsOf('deal', list)
    if (params) void context.queryClient.prefetchInfiniteQuery(dealsQuery({ ...params, stage, owner }))
  },
  component: lazyRouteComponent(() => import('./deals-page.tsx'), 'DealsPage'),
})

export const dealRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/deals/$dealId',
  loader: ({ context, params }) => void context.queryClient.prefetchQuery(dealQuery(params.dealId)),
  component: lazyRouteComponent(() => import('./deal-page.tsx'), 'DealPage'),
})
