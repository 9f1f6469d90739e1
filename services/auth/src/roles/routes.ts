import { roleEndpoints } from '@ai-crm/contracts'
import { auth } from '../ctx.ts'
import { assignRole } from './assign-role.ts'
import { createRole } from './create-role.ts'
import { deleteRole } from './delete-role.ts'
import { listPermissions, listRoles } from './list-roles.ts'
import { readRole } from './role.ts'
import { updateRole } from './update-role.ts'

export const roleRoutes = [
  auth.handle(roleEndpoints.listPermissions, async () => listPermissions()),
  auth.handle(roleEndpoints.listRoles, async (ctx) => listRoles(ctx)),
  auth.handle(roleEndpoints.getRole, async (ctx, { params }) => readRole(ctx.db, params.roleId)),
  auth.handle(roleEndpoints.createRole, async (ctx, { body }) => createRole(ctx, body)),
  auth.handle(roleEndpoints.updateRole, async (ctx, { params, body }, http) => updateRole(ctx, params.roleId, http.expectedVersion, body)),
  auth.handle(roleEndpoints.deleteRole, async (ctx, { params, body }) => deleteRole(ctx, params.roleId, body)),
  auth.handle(roleEndpoints.assignRole, async (ctx, { params, body }) => assignRole(ctx, params.userId, body)),
]
