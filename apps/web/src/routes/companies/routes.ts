import { CompanySearch } from '@ai-crm/contracts'
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { z } from 'zod'
import { companiesQuery, companyQuery } from '../../features/crm/companies/queries.ts'
import { appRoute } from '../roots.ts'

/** Search, order and what is open beside the list live in the address: a link shows the same to a colleague. */
const CompaniesSearch = z.object({
  q: z.string().max(200).optional().catch(undefined),
  sort: CompanySearch.shape.sort.unwrap().optional().catch(undefined),
  owner: CompanySearch.shape.owner.catch(undefined),
  open: z.uuid().optional().catch(undefined),
})

export const companiesRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/companies',
  validateSearch: CompaniesSearch,
  loaderDeps: ({ search: { q, sort, owner } }) => ({ q, sort, owner }),
  loader: ({ context, deps }) =>
    void context.queryClient.prefetchInfiniteQuery(companiesQuery({ search: deps.q, sort: deps.sort ?? 'name', owner: deps.owner })),
  component: lazyRouteComponent(() => import('./companies-page.tsx'), 'CompaniesPage'),
})

export const companyRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/companies/$companyId',
  loader: ({ context, params }) => void context.queryClient.prefetchQuery(companyQuery(params.companyId)),
  component: lazyRouteComponent(() => import('./company-page.tsx'), 'CompanyPage'),
})
