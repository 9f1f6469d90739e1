import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { tasksQuery } from '../../features/crm/tasks/queries.ts'
import { appRoute } from '../roots.ts'
import { assigneeOf, TasksSearch } from './tasks-search.ts'

export const tasksRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/tasks',
  validateSearch: TasksSearch,
  loaderDeps: ({ search: { state, assignee } }) => ({ state, assignee }),
  loader: ({ context, deps: { state, assignee } }) =>
    void context.queryClient.prefetchInfiniteQuery(tasksQuery({ state: state ?? 'open', assignee: assigneeOf(assignee) })),
  component: lazyRouteComponent(() => import('./tasks-page.tsx'), 'TasksPage'),
})
