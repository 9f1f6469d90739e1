import type { SignInProvider } from '@ai-crm/contracts'
import { queryOptions } from '@tanstack/react-query'
import { api } from '../../../lib/api/api.ts'
import { publicApi } from '../../../lib/session/refresh.ts'

/** As the companies write them, in every language. */
export const PROVIDER_NAMES: Readonly<Record<SignInProvider, string>> = { google: 'Google', microsoft: 'Microsoft' }

export const providersQuery = queryOptions({
  queryKey: ['auth', 'sign-in-providers'],
  queryFn: ({ signal }) => publicApi.auth.listSignInProviders({ signal }),
  staleTime: Number.POSITIVE_INFINITY,
})

export const connectionsQuery = queryOptions({
  queryKey: ['auth', 'sso', 'connections'],
  queryFn: ({ signal }) => api.auth.listSsoConnections({ signal }),
})

export const domainsQuery = queryOptions({
  queryKey: ['auth', 'sso', 'domains'],
  queryFn: ({ signal }) => api.auth.listEmailDomains({ signal }),
})

export const policyQuery = queryOptions({
  queryKey: ['auth', 'sso', 'policy'],
  queryFn: ({ signal }) => api.auth.getSignInPolicy({ signal }),
})

export const identitiesQuery = queryOptions({
  queryKey: ['auth', 'identities'],
  queryFn: ({ signal }) => api.auth.listLinkedIdentities({ signal }),
})
