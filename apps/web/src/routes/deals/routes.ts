import { DealSearch } from '@ai-crm/contracts'
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { z } from 'zod'
import { dealQuery, dealsQuery } from '../../features/crm/deals/queries.ts'
import { appRoute } from '../roots.ts'

/** Search, filters, order and what is open beside the list live in the address: a link shows the same to a colleague. */
const DealsSearch = z.object({
  q: z.string().max(200).optional().catch(undefined),
  sort: DealSearch.shape.sort.unwrap().optional().catch(undefined),
  stage: DealSearch.shape.stage.catch(undefined),
  owner: DealSearch.shape.owner.catch(undefined),
  open: z.uuid().optional().catch(undefined),
})

export const dealsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/deals',
  validateSearch: DealsSearch,
  loaderDeps: ({ search: { q, sort, stage, owner } }) => ({ q, sort, stage, owner }),
  loader: ({ context, deps: { q, sort, stage, owner } }) =>
    void context.queryClient.prefetchInfiniteQuery(dealsQuery({ search: q, sort: sort ?? 'createdAt', stage, owner })),
  component: lazyRouteComponent(() => import('./deals-page.tsx'), 'DealsPage'),
})

export const dealRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/deals/$dealId',
  loader: ({ context, params }) => void context.queryClient.prefetchQuery(dealQuery(params.dealId)),
  component: lazyRouteComponent(() => import('./deal-page.tsx'), 'DealPage'),
})
