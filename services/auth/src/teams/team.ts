import type { Team } from '@ai-crm/contracts'
import { notFound } from '@ai-crm/platform'
import { sql, type Kysely } from 'kysely'
import type { Tables } from '../tables.ts'

const memberIds = sql<string[]>`array(
  select team_member.user_id from auth.team_member
   where team_member.organization_id = team.organization_id and team_member.team_id = team.id
   order by team_member.joined_at, team_member.user_id)`

export const selectTeams = (db: Kysely<Tables>) =>
  db.selectFrom('team').select(['id', 'name', 'leadId', 'version', 'createdAt', 'updatedAt', memberIds.as('memberIds')])

interface TeamRow extends Omit<Team, 'createdAt' | 'updatedAt'> {
  readonly createdAt: Date
  readonly updatedAt: Date
}

export const toTeam = (row: TeamRow): Team => ({ ...row, createdAt: row.createdAt.toISOString(), updatedAt: row.updatedAt.toISOString() })

/** Throws `notFound`, for a team of another organisation too. */
export async function readTeam(db: Kysely<Tables>, teamId: string): Promise<Team> {
  const row = await selectTeams(db).where('id', '=', teamId).executeTakeFirst()
  if (!row) throw notFound('team')
  return toTeam(row)
}
