import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { appRoute } from '../roots.ts'

export const settingsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/settings',
  component: lazyRouteComponent(() => import('./settings-page.tsx'), 'SettingsPage'),
})

export const settingsIndexRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/settings/profile' })
  },
})

export const profileRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/profile',
  component: lazyRouteComponent(() => import('../../features/auth/profile/profile-page.tsx'), 'ProfilePage'),
})

export const securityRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/security',
  component: lazyRouteComponent(() => import('./security-page.tsx'), 'SecurityPage'),
})

export const channelsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/channels',
  component: lazyRouteComponent(() => import('../../features/messaging/channels/channels-page.tsx'), 'ChannelsPage'),
})

export const localMailboxRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/local-mailbox',
  component: lazyRouteComponent(() => import('../../features/messaging/local-mailbox/local-mailbox-page.tsx'), 'LocalMailboxPage'),
})

export const pipelinesRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/pipelines',
  component: lazyRouteComponent(() => import('../../features/pipeline/pipelines/pipelines-page.tsx'), 'PipelinesPage'),
})

export const pipelineRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/pipelines/$pipelineId',
  component: lazyRouteComponent(() => import('./pipeline-page.tsx'), 'PipelinePage'),
})

export const currenciesRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/currencies',
  component: lazyRouteComponent(() => import('../../features/pipeline/currencies/currencies-page.tsx'), 'CurrenciesPage'),
})

export const fieldsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/fields',
  component: lazyRouteComponent(() => import('../../features/crm/fields/fields-page.tsx'), 'FieldsPage'),
})

export const aiSettingsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/ai',
  component: lazyRouteComponent(() => import('./ai-page.tsx'), 'AiPage'),
})

export const membersRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/members',
  component: lazyRouteComponent(() => import('../../features/auth/members/members-page.tsx'), 'MembersPage'),
})

export const tagsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/tags',
  component: lazyRouteComponent(() => import('../../features/crm/tags/tags-page.tsx'), 'TagsPage'),
})

export const erasuresRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/erasures',
  component: lazyRouteComponent(() => import('./erasures-page.tsx'), 'ErasuresPage'),
})

export const trashRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/trash',
  component: lazyRouteComponent(() => import('./trash-page.tsx'), 'TrashSettingsPage'),
})

export const teamsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/teams',
  component: lazyRouteComponent(() => import('../../features/auth/teams/teams-page.tsx'), 'TeamsPage'),
})

export const rolesRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/roles',
  component: lazyRouteComponent(() => import('../../features/auth/roles/roles-page.tsx'), 'RolesPage'),
})

export const sessionsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/sessions',
  component: lazyRouteComponent(() => import('../../features/auth/sessions/sessions-page.tsx'), 'SessionsPage'),
})

export const securityLogRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/security-log',
  component: lazyRouteComponent(() => import('../../features/auth/security-log/security-log-page.tsx'), 'SecurityLogPage'),
})

export const organizationRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/organization',
  component: lazyRouteComponent(() => import('../../features/auth/organizations/organization-page.tsx'), 'OrganizationPage'),
})

export const invitationsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/invitations',
  component: lazyRouteComponent(() => import('../../features/auth/invitations/invitations-page.tsx'), 'InvitationsPage'),
})

export const apiKeysRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/api-keys',
  component: lazyRouteComponent(() => import('../../features/auth/api-keys/api-keys-page.tsx'), 'ApiKeysPage'),
})

export const webhooksRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/webhooks',
  component: lazyRouteComponent(() => import('../../features/webhook/webhooks/webhooks-page.tsx'), 'WebhooksPage'),
})

export const webhookRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/webhooks/$webhookId',
  component: lazyRouteComponent(() => import('../../features/webhook/webhooks/webhook-page.tsx'), 'WebhookPage'),
})

export const switchesRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/switches',
  component: lazyRouteComponent(() => import('../../features/auth/flags/switches-page.tsx'), 'SwitchesPage'),
})

export const singleSignOnRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/single-sign-on',
  component: lazyRouteComponent(() => import('../../features/auth/sso/sso-page.tsx'), 'SsoPage'),
})

/** A new page is declared above, listed here, and given its line in settings-menu.tsx. */
export const settingsRoutes = [
  settingsIndexRoute,
  profileRoute,
  securityRoute,
  channelsRoute,
  localMailboxRoute,
  pipelinesRoute,
  pipelineRoute,
  currenciesRoute,
  fieldsRoute,
  aiSettingsRoute,
  membersRoute,
  teamsRoute,
  tagsRoute,
  trashRoute,
  erasuresRoute,
  rolesRoute,
  sessionsRoute,
  securityLogRoute,
  organizationRoute,
  invitationsRoute,
  apiKeysRoute,
  webhooksRoute,
  webhookRoute,
  switchesRoute,
  singleSignOnRoute,
] as const
