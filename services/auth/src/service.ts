import { authSagaAnswered, authSagaRequested } from '@ai-crm/contracts'
import { agentRoutes } from './agents/routes.ts'
import { apiKeyRoutes } from './api-keys/routes.ts'
import { accountJobs } from './account/jobs.ts'
import { accountRoutes } from './account/routes.ts'
import { auth } from './ctx.ts'
import { seedDemo } from './demo/seed-demo.ts'
import { invitationRoutes } from './invitations/routes.ts'
import { purgeChallengesHourly, resetFactorsWhenDue } from './factors/jobs.ts'
import { factorResetRoutes } from './factors/reset/routes.ts'
import { factorRoutes } from './factors/routes.ts'
import { flagRoutes } from './flags/routes.ts'
import { memberRoutes } from './members/routes.ts'
import { roleRoutes } from './roles/routes.ts'
import { handOverConsumers } from './hand-over/consumers.ts'
import { personLogConsumers } from './persons/consumers.ts'
import { noticeConsumers } from './notices/consumers.ts'
import { beforeErasing } from './departure/before-erasing.ts'
import { eraseOrganization } from './departure/erase-organization.ts'
import { departureJobs } from './departure/jobs.ts'
import { departureRoutes } from './departure/routes.ts'
import { exportRoutes } from './exports/routes.ts'
import { exportJobs } from './exports/jobs.ts'
import { exporting } from './exporting.ts'
import { sealed } from './sealed.ts'
import { provisioningJobs } from './provisioning/jobs.ts'
import { provisionOrganization } from './provisioning/provision-organization.ts'
import { rightsConsumers } from './rights/consumers.ts'
import { checkSecurityLogsDaily } from './security-log/jobs.ts'
import { securityLogRoutes } from './security-log/routes.ts'
import { organizationRoutes } from './organizations/routes.ts'
import { refusingConsumers } from './sessions/consumers.ts'
import { purgeExpiredHourly, refuseSessions } from './sessions/jobs.ts'
import { sessionRoutes } from './sessions/routes.ts'
import { signInRoutes } from './sign-in/routes.ts'
import { signUpJobs } from './sign-up/jobs.ts'
import { signUpRoutes } from './sign-up/routes.ts'
import { recheckDomainsHourly } from './sso/domains/jobs.ts'
import { ssoRoutes } from './sso/routes.ts'
import { rotateSigningKeysDaily } from './signing-keys/jobs.ts'
import { signingKeyRoutes } from './signing-keys/routes.ts'
import { teamRoutes } from './teams/routes.ts'

export default auth.define({
  migrations: new URL('../migrations/', import.meta.url),
  routes: [
    signUpRoutes,
    accountRoutes,
    signInRoutes,
    sessionRoutes,
    memberRoutes,
    roleRoutes,
    teamRoutes,
    organizationRoutes,
    departureRoutes,
    exportRoutes,
    invitationRoutes,
    signingKeyRoutes,
    securityLogRoutes,
    factorRoutes,
    factorResetRoutes,
    apiKeyRoutes,
    agentRoutes,
    ssoRoutes,
    flagRoutes,
  ],
  consumers: [...refusingConsumers, ...rightsConsumers, ...noticeConsumers, ...personLogConsumers, ...handOverConsumers],
  sagas: [provisionOrganization, eraseOrganization],
  erasure: { requested: authSagaRequested, answered: authSagaAnswered, before: beforeErasing },
  exporting,
  sealed,
  jobs: [
    ...signUpJobs,
    ...provisioningJobs,
    ...departureJobs,
    ...exportJobs,
    ...accountJobs,
    refuseSessions,
    purgeExpiredHourly,
    rotateSigningKeysDaily,
    checkSecurityLogsDaily,
    recheckDomainsHourly,
    purgeChallengesHourly,
    resetFactorsWhenDue,
  ],
  extensions: [seedDemo],
})
