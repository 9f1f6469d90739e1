import { ContactSearch } from '@ai-crm/contracts'
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { z } from 'zod'
import { contactQuery, contactsQuery } from '../../features/crm/contacts/queries.ts'
import { appRoute } from '../roots.ts'

/** Search and order live in the address: a link shows the same list to a colleague. */
const ContactsSearch = z.object({
  q: z.string().max(200).optional().catch(undefined),
  sort: ContactSearch.shape.sort.unwrap().optional().catch(undefined),
  owner: ContactSearch.shape.owner.catch(undefined),
})

export const contactsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/contacts',
  validateSearch: ContactsSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) =>
    void context.queryClient.prefetchInfiniteQuery(contactsQuery({ search: deps.q, sort: deps.sort ?? 'lastActivityAt', owner: deps.owner })),
  component: lazyRouteComponent(() => import('./contacts-page.tsx'), 'ContactsPage'),
})

export const contactRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/contacts/$contactId',
  loader: ({ context, params }) => void context.queryClient.prefetchQuery(contactQuery(params.contactId)),
  component: lazyRouteComponent(() => import('./contact-page.tsx'), 'ContactPage'),
})
