import type { TaskSearch } from '@ai-crm/contracts'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api } from '../../../lib/api/api.ts'
import type { About } from '../records/about.ts'

export interface TaskListSearch {
  state: TaskSearch['state']
  assignee?: TaskSearch['assignee'] | undefined
  about?: About | undefined
}

export const tasksQuery = ({ state, assignee, about }: TaskListSearch) =>
  infiniteQueryOptions({
    queryKey: ['crm', 'tasks', { state, assignee: assignee ?? '', ...about }],
    queryFn: ({ pageParam, signal }) =>
      api.crm.listTasks({
        query: { state, limit: 50, ...about, ...(assignee ? { assignee } : {}), ...(pageParam ? { cursor: pageParam } : {}) },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  })

export const taskQuery = (taskId: string) =>
  queryOptions({
    queryKey: ['crm', 'task', taskId],
    queryFn: ({ signal }) => api.crm.getTask({ params: { taskId }, signal }),
  })

/** What is mine and late: at most as many as one page holds. Time makes it grow without an event. */
export const overdueQuery = queryOptions({
  queryKey: ['crm', 'tasks', 'overdue'],
  queryFn: ({ signal }) => api.crm.listTasks({ query: { state: 'open', assignee: 'mine', dueBefore: new Date().toISOString(), limit: 100 }, signal }),
  refetchInterval: 60_000,
})

export const remindersQuery = queryOptions({
  queryKey: ['crm', 'reminders'],
  queryFn: ({ signal }) => api.crm.listReminders({ signal }),
})
