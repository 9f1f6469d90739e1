import { authEndpoints, organizationEndpoints } from '@ai-crm/contracts'
import { auth } from '../ctx.ts'
import { actingPerson } from '../factors/acting-person.ts'
import { changeRole } from './change-role.ts'
import { disableMember, enableMember } from './disable-member.ts'
import { getMe } from './get-me.ts'
import { listMembers } from './list-members.ts'
import { leaveOrganization, removeMember } from './remove-member.ts'

export const memberRoutes = [
  auth.handle(authEndpoints.getMe, async (ctx, _input, http) => getMe(ctx, actingPerson(http).sessionId)),
  auth.handle(authEndpoints.listMembers, async (ctx) => listMembers(ctx)),
  auth.handle(organizationEndpoints.changeMemberRole, async (ctx, { params, body }, http) => changeRole(ctx, params.userId, http.expectedVersion, body.role)),
  auth.handle(organizationEndpoints.disableMember, async (ctx, { params }) => disableMember(ctx, params.userId)),
  auth.handle(organizationEndpoints.enableMember, async (ctx, { params }) => enableMember(ctx, params.userId)),
  auth.handle(organizationEndpoints.removeMember, async (ctx, { params, body }) => removeMember(ctx, params.userId, body.handOverTo)),
  auth.handle(organizationEndpoints.leaveOrganization, async (ctx, { body }) => leaveOrganization(ctx, body.handOverTo)),
]
