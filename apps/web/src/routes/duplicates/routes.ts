import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { pairsQuery } from '../../features/crm/duplicates/queries.ts'
import { appRoute } from '../roots.ts'
import { DuplicatesSearch } from './duplicates-search.ts'

export const duplicatesRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/duplicates',
  validateSearch: DuplicatesSearch,
  loaderDeps: ({ search: { record } }) => ({ record }),
  loader: ({ context, deps: { record } }) => void context.queryClient.prefetchInfiniteQuery(pairsQuery(record ?? 'contact', 'open')),
  component: lazyRouteComponent(() => import('./duplicates-page.tsx'), 'DuplicatesPage'),
})
