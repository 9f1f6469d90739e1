import { organizationEndpoints } from '@ai-crm/contracts'
import { auth } from '../ctx.ts'
import { foundFurther } from './found-further.ts'
import { listOrganizations } from './list-organizations.ts'
import { readOrganization } from './organization.ts'
import { switchOrganization } from './switch-organization.ts'
import { transferOwnership } from './transfer-ownership.ts'
import { updateOrganization } from './update-organization.ts'

export const organizationRoutes = [
  auth.handle(organizationEndpoints.listOrganizations, async (ctx) => listOrganizations(ctx)),
  auth.handle(organizationEndpoints.switchOrganization, async (ctx, { body }, http) => switchOrganization(ctx, body.organizationId, http)),
  auth.handle(organizationEndpoints.foundOrganization, async (ctx, { body }, http) => foundFurther(ctx, body, http)),
  auth.handle(organizationEndpoints.getOrganization, async (ctx) => readOrganization(ctx.db)),
  auth.handle(organizationEndpoints.updateOrganization, async (ctx, { body }, http) => updateOrganization(ctx, http.expectedVersion, body)),
  auth.handle(organizationEndpoints.transferOwnership, async (ctx, { body }) => transferOwnership(ctx, body.toUserId)),
]
