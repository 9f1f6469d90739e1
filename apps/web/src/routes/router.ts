import { createRouter } from '@tanstack/react-router'
import { queryClient } from '../lib/query-client.ts'
import { accountRoutes } from './account-routes.ts'
import { companiesRoute, companyRoute } from './companies/routes.ts'
import { dealRoute, dealsBoardRoute, dealsRoute, forecastRoute } from './deals/routes.ts'
import { contactRoute, contactsRoute } from './contacts/routes.ts'
import { duplicatesRoute } from './duplicates/routes.ts'
import { conversationRoute, folderRoute } from './inbox/routes.ts'
import { NotFound, PageCrash, PagePending } from './page-states.tsx'
import { appRoute, homeRoute, joinRoute, rootRoute, signInRoute, signUpRoute } from './roots.ts'
import { importRoute, importsRoute } from './imports/routes.ts'
import { parseSearch, stringifySearch } from './search-params.ts'
import { tasksRoute } from './tasks/routes.ts'
import { settingsRoute, settingsRoutes } from './settings/routes.ts'

/** The whole map of addresses. */
const routeTree = rootRoute.addChildren([
  homeRoute,
  signInRoute,
  signUpRoute,
  joinRoute,
  ...accountRoutes,
  appRoute.addChildren([
    folderRoute.addChildren([conversationRoute]),
    contactsRoute,
    contactRoute,
    companiesRoute,
    companyRoute,
    dealsRoute,
    dealsBoardRoute,
    forecastRoute,
    dealRoute,
    duplicatesRoute,
    tasksRoute,
    importsRoute,
    importRoute,
    settingsRoute.addChildren([...settingsRoutes]),
  ]),
])

export const router = createRouter({
  routeTree,
  context: { queryClient },
  parseSearch,
  stringifySearch,
  defaultPreload: 'intent',
  // The cache decides what is fresh.
  defaultPreloadStaleTime: 0,
  defaultPendingMs: 150,
  defaultPendingComponent: PagePending,
  defaultErrorComponent: PageCrash,
  defaultNotFoundComponent: NotFound,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
