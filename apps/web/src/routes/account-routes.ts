import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { rootRoute } from './roots.ts'

const pages = () => import('./account-pages.tsx')

/** Where the links of mails lead, and where one asks for them. For whoever comes, signed in or not. */
export const accountRoutes = [
  createRoute({ getParentRoute: () => rootRoute, path: '/sign-up/confirm', component: lazyRouteComponent(pages, 'ConfirmSignUpPage') }),
  createRoute({ getParentRoute: () => rootRoute, path: '/forgot-password', component: lazyRouteComponent(pages, 'ForgotPasswordPage') }),
  createRoute({ getParentRoute: () => rootRoute, path: '/reset-password', component: lazyRouteComponent(pages, 'ResetPasswordPage') }),
  createRoute({ getParentRoute: () => rootRoute, path: '/confirm-email', component: lazyRouteComponent(pages, 'ConfirmEmailPage') }),
  createRoute({ getParentRoute: () => rootRoute, path: '/keep-factors', component: lazyRouteComponent(pages, 'KeepFactorsPage') }),
  createRoute({ getParentRoute: () => rootRoute, path: '/revert-email', component: lazyRouteComponent(pages, 'RevertEmailPage') }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/sso/callback',
    component: lazyRouteComponent(() => import('./sso-callback-page.tsx'), 'SsoCallbackPage'),
  }),
] as const
