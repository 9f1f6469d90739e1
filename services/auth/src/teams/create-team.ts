import { teamCreated, type CreateTeam, type Team } from '@ai-crm/contracts'
import type { Ctx } from '../ctx.ts'
import { lockActor } from '../members/lock-members.ts'
import { requireWholeReach } from '../roles/grantable.ts'
import { recordSecurityEvent } from '../security-log/record-security-event.ts'
import { teamNameTaken, tooManyTeams } from './errors.ts'
import { MAX_TEAMS } from './list-teams.ts'
import { requireMembers } from './require-members.ts'
import { readTeam } from './team.ts'

/** Throws `scopeTooWide` (403), `teamNameTaken`, `tooManyTeams` (409), `unknownTeamMember`, `leadOutside` (422). */
export async function createTeam(ctx: Ctx, { name, leadId, ...input }: CreateTeam): Promise<Team> {
  const memberIds = [...new Set(input.memberIds)]
  return ctx.write(async (scope) => {
    const { db, emit } = scope
    const actor = await lockActor(ctx, db, 'auth.team.manage')
    if (memberIds.length > 0) requireWholeReach(actor, '/memberIds')
    await requireMembers(db, memberIds, leadId)
    const { count } = await db
      .selectFrom('team')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow()
    if (count >= MAX_TEAMS) throw tooManyTeams(MAX_TEAMS)
    const created = await db
      .insertInto('team')
      .values({ name, leadId })
      .onConflict((conflict) => conflict.columns(['organizationId', 'name']).doNothing())
      .returning('id')
      .executeTakeFirst()
    if (!created) throw teamNameTaken(name)
    const members = memberIds.map((userId) => ({ teamId: created.id, userId }))
    if (members.length > 0) await db.insertInto('teamMember').values(members).execute()
    await emit(teamCreated({ teamId: created.id, name, leadId, memberIds }))
    recordSecurityEvent(scope, { kind: 'team.created', about: { type: 'team', id: created.id }, details: { name, members: memberIds.length } })
    return readTeam(db, created.id)
  })
}
