import { queryOptions } from '@tanstack/react-query'
import { api } from '../../../lib/api/api.ts'

export const invitationsQuery = queryOptions({
  queryKey: ['auth', 'invitations'],
  queryFn: ({ signal }) => api.auth.listInvitations({ signal }),
})
