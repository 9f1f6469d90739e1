import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { z } from 'zod'
import { folderOr } from '../../features/messaging/inbox/folders.ts'
import { appRoute } from '../roots.ts'

const InboxSearch = z.object({ q: z.string().max(200).optional().catch(undefined) })

export const folderRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/inbox/$folder',
  validateSearch: InboxSearch,
  beforeLoad: ({ params }) => {
    if (folderOr(params.folder, 'open') !== params.folder) throw redirect({ to: '/inbox/$folder', params: { folder: 'open' } })
  },
  component: lazyRouteComponent(() => import('./inbox-page.tsx'), 'InboxPage'),
})

export const conversationRoute = createRoute({
  getParentRoute: () => folderRoute,
  path: '/$conversationId',
  component: lazyRouteComponent(() => import('./conversation-page.tsx'), 'ConversationPage'),
})
