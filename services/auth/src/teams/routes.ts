import { teamEndpoints } from '@ai-crm/contracts'
import { auth } from '../ctx.ts'
import { createTeam } from './create-team.ts'
import { deleteTeam } from './delete-team.ts'
import { listTeams } from './list-teams.ts'
import { readTeam } from './team.ts'
import { updateTeam } from './update-team.ts'

export const teamRoutes = [
  auth.handle(teamEndpoints.listTeams, async (ctx) => listTeams(ctx)),
  auth.handle(teamEndpoints.getTeam, async (ctx, { params }) => readTeam(ctx.db, params.teamId)),
  auth.handle(teamEndpoints.createTeam, async (ctx, { body }) => createTeam(ctx, body)),
  auth.handle(teamEndpoints.updateTeam, async (ctx, { params, body }, http) => updateTeam(ctx, params.teamId, http.expectedVersion, body)),
  auth.handle(teamEndpoints.deleteTeam, async (ctx, { params }) => deleteTeam(ctx, params.teamId)),
]
