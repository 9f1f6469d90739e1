import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { importQuery, importsQuery } from '../../features/crm/imports/queries.ts'
import { appRoute } from '../roots.ts'

export const importsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/import',
  loader: ({ context }) => void context.queryClient.prefetchQuery(importsQuery),
  component: lazyRouteComponent(() => import('./imports-page.tsx'), 'ImportsPage'),
})

export const importRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/import/$importId',
  loader: ({ context, params }) => void context.queryClient.prefetchQuery(importQuery(params.importId)),
  component: lazyRouteComponent(() => import('./import-page.tsx'), 'ImportPage'),
})
