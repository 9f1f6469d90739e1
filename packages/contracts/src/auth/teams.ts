import { z } from 'zod'
import { defineEndpoints } from '../core/endpoint.ts'
import { idParams, Instant, Line } from '../core/page.ts'

/** As many members as a list of members shows. */
const MemberIds = z.array(z.uuid()).max(200)

/** People who work on each other's records: what the scope `team` reaches. Being its lead gives no further rights. */
export const Team = z.object({
  id: z.uuid(),
  name: z.string(),
  leadId: z.uuid().nullable(),
  memberIds: MemberIds,
  version: z.number().int(),
  createdAt: Instant,
  updatedAt: Instant,
})
export type Team = z.infer<typeof Team>

/** The lead is one of the members. */
export const CreateTeam = z.strictObject({ name: Line(60), memberIds: MemberIds.default([]), leadId: z.uuid().nullable().default(null) })
export type CreateTeam = z.infer<typeof CreateTeam>

/** Absent fields stay as they are; `memberIds` says who is in the team from now on. */
export const UpdateTeam = z.strictObject({ name: Line(60).optional(), memberIds: MemberIds.optional(), leadId: z.uuid().nullable().optional() })
export type UpdateTeam = z.infer<typeof UpdateTeam>

const teamParams = idParams('teamId')

export const teamEndpoints = defineEndpoints('auth', {
  listTeams: {
    method: 'GET',
    path: '/teams',
    summary: 'Teams of the organisation with their members (at most 100)',
    access: 'auth.member.read',
    idempotency: 'safe',
    response: z.object({ items: z.array(Team).max(100) }),
    status: 200,
  },
  getTeam: {
    method: 'GET',
    path: '/teams/:teamId',
    summary: 'Read one team',
    access: 'auth.member.read',
    idempotency: 'safe',
    params: teamParams,
    response: Team,
    status: 200,
    concurrency: 'etag',
  },
  createTeam: {
    method: 'POST',
    path: '/teams',
    summary: 'Make a team',
    access: 'auth.team.manage',
    idempotency: 'key',
    body: CreateTeam,
    response: Team,
    status: 201,
    cost: 2,
  },
  updateTeam: {
    method: 'PATCH',
    path: '/teams/:teamId',
    summary: 'Rename a team, say who is in it and who leads it; counts for everybody within seconds',
    access: 'auth.team.manage',
    idempotency: 'key',
    params: teamParams,
    body: UpdateTeam,
    response: Team,
    status: 200,
    concurrency: 'if-match',
    cost: 2,
  },
  deleteTeam: {
    method: 'DELETE',
    path: '/teams/:teamId',
    summary: 'Delete a team; its members and their records stay',
    access: 'auth.team.manage',
    idempotency: 'natural',
    params: teamParams,
    status: 204,
  },
})
