import { CompanySearch } from '@ai-crm/contracts'
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { companiesQuery, companyQuery } from '../../features/crm/companies/queries.ts'
import { ListSearch } from '../../features/crm/lists/list-search.ts'
import { listParamsOf } from '../../features/crm/lists/use-list-state.ts'
import { appRoute } from '../roots.ts'

/** What the list shows lives in the address: a link shows the same to a colleague. */
const CompaniesSearch = ListSearch.extend({
  owner: CompanySearch.shape.owner.catch(undefined),
})

export const companiesRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/companies',
  validateSearch: CompaniesSearch,
  loaderDeps: ({ search: { open: _open, columns: _columns, view: _view, ...shown } }) => shown,
  loader: ({ context, deps: { owner, ...list } }) => {
    const params = listParamsOf('company', list)
    if (params) void context.queryClient.prefetchInfiniteQuery(companiesQuery({ ...params, owner }))
  },
  component: lazyRouteComponent(() => import('./companies-page.tsx'), 'CompaniesPage'),
})

export const companyRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/companies/$companyId',
  loader: ({ context, params }) => void context.queryClient.prefetchQuery(companyQuery(params.companyId)),
  component: lazyRouteComponent(() => import('./company-page.tsx'), 'CompanyPage'),
})
