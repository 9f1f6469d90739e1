import type { QueryClient } from '@tanstack/react-query'
import { createRootRouteWithContext, createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { z } from 'zod'
import { refreshAccessToken } from '../lib/session/refresh.ts'
import { currentSession, mayHaveSession } from '../lib/session/session-store.ts'
import { ShellPending } from './page-states.tsx'

export const rootRoute = createRootRouteWithContext<{ queryClient: QueryClient }>()({})

/** A path of our own, never another site: `//evil.example` is one too. */
const returnPath = z
  .string()
  .regex(/^\/(?![/\\])/)
  .optional()
  .catch(undefined)
const ReturnTo = z.object({ return: returnPath })

async function isSignedIn(): Promise<boolean> {
  if (currentSession().status === 'signed-in') return true
  if (!mayHaveSession()) return false
  return (await refreshAccessToken()) !== null
}

async function leaveIfSignedIn({ search }: { search: z.infer<typeof ReturnTo> }): Promise<void> {
  if (await isSignedIn()) throw redirect({ to: search.return ?? '/' })
}

export const homeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/inbox/$folder', params: { folder: 'open' } })
  },
})

export const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: ReturnTo,
  beforeLoad: leaveIfSignedIn,
  component: lazyRouteComponent(() => import('./sign-in-page.tsx'), 'SignInPage'),
})

export const signUpRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-up',
  validateSearch: ReturnTo,
  beforeLoad: leaveIfSignedIn,
  component: lazyRouteComponent(() => import('./sign-up-page.tsx'), 'SignUpPage'),
})

/** Also for who is signed in: they join with one click. */
export const joinRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/join',
  component: lazyRouteComponent(() => import('./join-page.tsx'), 'JoinPage'),
})

/** Everything behind the sign-in; the shell (rail, palette, live connection) is its component. */
export const appRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'app',
  beforeLoad: async ({ location }) => {
    if (!(await isSignedIn())) throw redirect({ to: '/sign-in', search: { return: location.href } })
  },
  component: lazyRouteComponent(() => import('./shell/shell.tsx'), 'Shell'),
  pendingComponent: ShellPending,
})
