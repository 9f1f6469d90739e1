import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api } from '../../../lib/api/api.ts'
import { publicApi } from '../../../lib/session/refresh.ts'

export const installationFlagsQuery = queryOptions({
  queryKey: ['auth', 'flags', 'installation'],
  queryFn: ({ signal }) => api.auth.listInstallationFlags({ signal }),
})

export const flagChangesQuery = infiniteQueryOptions({
  queryKey: ['auth', 'flags', 'changes'],
  queryFn: ({ pageParam, signal }) => api.auth.listFlagChanges({ query: { limit: 20, ...(pageParam ? { cursor: pageParam } : {}) }, signal }),
  initialPageParam: '',
  getNextPageParam: ({ nextCursor }) => nextCursor,
})

export const flagExceptionsQuery = (flag: string) =>
  infiniteQueryOptions({
    queryKey: ['auth', 'flags', 'exceptions', flag],
    queryFn: ({ pageParam, signal }) =>
      api.auth.listFlagExceptions({ params: { flag }, query: { limit: 20, ...(pageParam ? { cursor: pageParam } : {}) }, signal }),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  })

export const signUpStateQuery = queryOptions({
  queryKey: ['auth', 'sign-up-state'],
  queryFn: ({ signal }) => publicApi.auth.getSignUpState({ signal }),
  refetchInterval: 15_000,
})
