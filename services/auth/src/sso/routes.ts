import { ssoEndpoints, ssoSettingsEndpoints } from '@ai-crm/contracts'
import { auth } from '../ctx.ts'
import { actingPerson } from '../factors/acting-person.ts'
import { createConnection, listConnections } from './connections/create-connection.ts'
import { deleteConnection, disableConnection, enableConnection } from './connections/switch-connection.ts'
import { updateConnection } from './connections/update-connection.ts'
import { addDomain } from './domains/add-domain.ts'
import { listDomains } from './domains/domain.ts'
import { removeDomain, setDomainConnection } from './domains/keep-domains.ts'
import { verifyDomain } from './domains/verify-domain.ts'
import { finishFlow } from './flow/finish-flow.ts'
import { offeredProviders } from './flow/installation-providers.ts'
import { startSignIn } from './flow/start-sign-in.ts'
import { startTest } from './flow/start-test.ts'
import { linkIdentity, listIdentities, unlinkIdentity } from './identities/link-identity.ts'
import { readPolicy } from './policy/policy.ts'
import { setPolicy } from './policy/set-policy.ts'

export const ssoRoutes = [
  auth.handle(ssoEndpoints.listSignInProviders, async (ctx) => ({ items: offeredProviders(ctx) })),
  auth.handle(ssoEndpoints.startSso, async (ctx, { body }, http) => startSignIn(ctx, body, http)),
  auth.handle(ssoEndpoints.finishSso, async (ctx, { body }, http) => finishFlow(ctx, body, http)),
  auth.handle(ssoEndpoints.linkIdentity, async (ctx, { body }, http) => linkIdentity(ctx, body.ticket, http)),
  auth.handle(ssoEndpoints.listLinkedIdentities, async (ctx, _input, http) => listIdentities(ctx, actingPerson(http).userId)),
  auth.handle(ssoEndpoints.unlinkIdentity, async (ctx, { params }, http) => unlinkIdentity(ctx, actingPerson(http).userId, params.identityId)),
  auth.handle(ssoSettingsEndpoints.listSsoConnections, async (ctx) => listConnections(ctx)),
  auth.handle(ssoSettingsEndpoints.createSsoConnection, async (ctx, { body }) => createConnection(ctx, body)),
  auth.handle(ssoSettingsEndpoints.updateSsoConnection, async (ctx, { params, body }, http) =>
    updateConnection(ctx, params.connectionId, http.expectedVersion, body),
  ),
  auth.handle(ssoSettingsEndpoints.deleteSsoConnection, async (ctx, { params }) => deleteConnection(ctx, params.connectionId)),
  auth.handle(ssoSettingsEndpoints.testSsoConnection, async (ctx, { params }, http) => startTest(ctx, params.connectionId, http)),
  auth.handle(ssoSettingsEndpoints.enableSsoConnection, async (ctx, { params }) => enableConnection(ctx, params.connectionId)),
  auth.handle(ssoSettingsEndpoints.disableSsoConnection, async (ctx, { params }) => disableConnection(ctx, params.connectionId)),
  auth.handle(ssoSettingsEndpoints.listEmailDomains, async (ctx) => listDomains(ctx)),
  auth.handle(ssoSettingsEndpoints.addEmailDomain, async (ctx, { body }) => addDomain(ctx, body.name)),
  auth.handle(ssoSettingsEndpoints.verifyEmailDomain, async (ctx, { params }) => verifyDomain(ctx, params.domainId)),
  auth.handle(ssoSettingsEndpoints.setDomainConnection, async (ctx, { params, body }) => setDomainConnection(ctx, params.domainId, body.connectionId)),
  auth.handle(ssoSettingsEndpoints.removeEmailDomain, async (ctx, { params }) => removeDomain(ctx, params.domainId)),
  auth.handle(ssoSettingsEndpoints.getSignInPolicy, async (ctx) => readPolicy(ctx.db)),
  auth.handle(ssoSettingsEndpoints.setSignInPolicy, async (ctx, { body }) => setPolicy(ctx, body)),
]
