import type { Team } from '@ai-crm/contracts'
import type { Ctx } from '../ctx.ts'
import { selectTeams, toTeam } from './team.ts'

export const MAX_TEAMS = 100

/** Teams by name. */
export async function listTeams(ctx: Ctx): Promise<{ items: Team[] }> {
  const rows = await selectTeams(ctx.db).orderBy('name').orderBy('id').limit(MAX_TEAMS).execute()
  return { items: rows.map(toTeam) }
}
