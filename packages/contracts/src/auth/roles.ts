import { z } from 'zod'
import { FieldRules, RecordScopes } from '../core/authorization.ts'
import { defineEndpoints } from '../core/endpoint.ts'
import { idParams, Instant, Line } from '../core/page.ts'
import { ROLES } from '../core/permissions.ts'
import { Member } from './http.ts'

/** What a custom role can be made from. Owners are made by handing the organisation over, never by a role. */
export const ROLE_BASES = ['admin', 'manager', 'member', 'viewer'] as const
export const RoleBase = z.enum(ROLE_BASES)
export type RoleBase = z.infer<typeof RoleBase>

const Permissions = z.array(z.string().min(1).max(100)).max(200)

export const CustomRole = z.object({
  id: z.uuid(),
  name: z.string(),
  base: RoleBase,
  permissions: z.array(z.string()).max(500),
  /** Came with a version after somebody last decided what the role permits, and are not permitted by it. */
  newPermissions: z.array(z.string()).max(500),
  /** How far reading and changing reach; a kind of record that is not named is `all`. */
  scopes: RecordScopes,
  fields: FieldRules,
  /** How many members have it. */
  members: z.number().int(),
  version: z.number().int(),
  createdAt: Instant,
  updatedAt: Instant,
})
export type CustomRole = z.infer<typeof CustomRole>

export const BuiltInRole = z.object({ role: z.enum(ROLES), permissions: z.array(z.string()).max(500), members: z.number().int() })
export type BuiltInRole = z.infer<typeof BuiltInRole>

/** `base` says from which built-in role it is copied and where it stands: who is above may change its members. */
export const CreateRole = z.strictObject({
  name: Line(60),
  base: RoleBase,
  permissions: Permissions,
  scopes: RecordScopes.default({}),
  fields: FieldRules.default({}),
})
export type CreateRole = z.infer<typeof CreateRole>

/** Absent fields stay as they are. Giving `permissions` decides on all that there are: none is new any more. */
export const UpdateRole = z.strictObject({
  name: Line(60).optional(),
  permissions: Permissions.optional(),
  scopes: RecordScopes.optional(),
  fields: FieldRules.optional(),
})
export type UpdateRole = z.infer<typeof UpdateRole>

/** A built-in role, or a custom one where `customRoleId` names it. */
export const RoleChoice = z.strictObject({ role: RoleBase, customRoleId: z.uuid().nullable().default(null) })
export type RoleChoice = z.infer<typeof RoleChoice>

export const PermissionEntry = z.object({ name: z.string(), service: z.string(), meaning: z.string() })
export type PermissionEntry = z.infer<typeof PermissionEntry>

const roleParams = idParams('roleId')

export const roleEndpoints = defineEndpoints('auth', {
  listPermissions: {
    method: 'GET',
    path: '/permissions',
    summary: 'Everything that a role can permit, grouped by service',
    access: 'auth.role.read',
    idempotency: 'safe',
    response: z.object({ items: z.array(PermissionEntry).max(500) }),
    status: 200,
  },
  listRoles: {
    method: 'GET',
    path: '/roles',
    summary: 'Built-in roles and those of the organisation (at most 50), with what they permit',
    access: 'auth.role.read',
    idempotency: 'safe',
    response: z.object({ builtIn: z.array(BuiltInRole).max(10), custom: z.array(CustomRole).max(50) }),
    status: 200,
  },
  getRole: {
    method: 'GET',
    path: '/roles/:roleId',
    summary: 'Read one role of the organisation',
    access: 'auth.role.read',
    idempotency: 'safe',
    params: roleParams,
    response: CustomRole,
    status: 200,
    concurrency: 'etag',
  },
  createRole: {
    method: 'POST',
    path: '/roles',
    summary: 'Make a role; nobody can grant what they do not have',
    access: 'auth.role.manage',
    idempotency: 'key',
    body: CreateRole,
    response: CustomRole,
    status: 201,
    cost: 2,
  },
  updateRole: {
    method: 'PATCH',
    path: '/roles/:roleId',
    summary: 'Change a role; its members have the new rights within seconds',
    access: 'auth.role.manage',
    idempotency: 'key',
    params: roleParams,
    body: UpdateRole,
    response: CustomRole,
    status: 200,
    concurrency: 'if-match',
    cost: 2,
  },
  deleteRole: {
    method: 'POST',
    path: '/roles/:roleId/delete',
    summary: 'Delete a role; its members get the chosen one',
    access: 'auth.role.manage',
    idempotency: 'key',
    params: roleParams,
    body: RoleChoice,
    status: 204,
    cost: 5,
  },
  assignRole: {
    method: 'PUT',
    path: '/members/:userId/role',
    summary: 'Give a member a role of the organisation or a built-in one',
    access: 'auth.member.manage',
    idempotency: 'natural',
    params: idParams('userId'),
    body: RoleChoice,
    response: Member,
    status: 200,
    cost: 2,
  },
})
