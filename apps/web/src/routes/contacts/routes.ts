import { ContactSearch } from '@ai-crm/contracts'
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { contactQuery, contactsQuery } from '../../features/crm/contacts/queries.ts'
import { ListSearch } from '../../features/crm/lists/list-search.ts'
import { listParamsOf } from '../../features/crm/lists/use-list-state.ts'
import { appRoute } from '../roots.ts'

/** What the list shows lives in the address: a link shows the same to a colleague. */
const ContactsSearch = ListSearch.extend({
  owner: ContactSearch.shape.owner.catch(undefined),
})

export const contactsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/contacts',
  validateSearch: ContactsSearch,
  loaderDeps: ({ search: { open: _open, columns: _columns, view: _view, ...shown } }) => shown,
  loader: ({ context, deps: { owner, ...list } }) => {
    const params = listParamsOf('contact', list)
    if (params) void context.queryClient.prefetchInfiniteQuery(contactsQuery({ ...params, owner }))
  },
  component: lazyRouteComponent(() => import('./contacts-page.tsx'), 'ContactsPage'),
})

export const contactRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/contacts/$contactId',
  loader: ({ context, params }) => void context.queryClient.prefetchQuery(contactQuery(params.contactId)),
  component: lazyRouteComponent(() => import('./contact-page.tsx'), 'ContactPage'),
})
