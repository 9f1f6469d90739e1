import { teamMembersChanged, teamUpdated, type Team, type UpdateTeam } from '@ai-crm/contracts'
import { isUniqueViolation, notFound, versionConflict } from '@ai-crm/platform'
import { sql } from 'kysely'
import type { Ctx, Db } from '../ctx.ts'
import { lockActor } from '../members/lock-members.ts'
import { requireWholeReach } from '../roles/grantable.ts'
import { recordSecurityEvent } from '../security-log/record-security-event.ts'
import { teamNameTaken } from './errors.ts'
import { requireMembers } from './require-members.ts'
import { readTeam } from './team.ts'
import { changesOf, type TeamState } from './team-changes.ts'

/**
 * Name, members and lead, if the team is still the version that the client has seen; without a difference nothing happens. A
 * lead who is no longer among the members leads no more. Throws `scopeTooWide` (403), `notFound`, `versionConflict`, `teamNameTaken` (409),
 * `unknownTeamMember`, `leadOutside` (422).
 */
export async function updateTeam(ctx: Ctx, teamId: string, expectedVersion: number, input: UpdateTeam): Promise<Team> {
  return ctx.write(async (scope) => {
    const { db, emit } = scope
    const actor = await lockActor(ctx, db, 'auth.team.manage')
    const before = await readTeam(db, teamId)
    if (before.version !== expectedVersion) throw versionConflict('team', before.version)
    const next = nextState(before, input)
    const { changes, added, removed } = changesOf(before, next)
    const isRenamedOrLed = Object.keys(changes).length > 0
    const isJoinedOrLeft = added.length + removed.length > 0
    if (!isRenamedOrLed && !isJoinedOrLeft) return before

    if (added.length > 0) requireWholeReach(actor, '/memberIds')
    await requireMembers(db, next.memberIds, next.leadId)
    await storeTeam(db, teamId, next)
    if (isJoinedOrLeft) {
      await storeMembers(db, teamId, added, removed)
      await emit(teamMembersChanged({ teamId, added, removed }))
    }
    if (isRenamedOrLed) await emit(teamUpdated({ teamId, changes }))
    const details = { name: next.name, added: added.length, removed: removed.length }
    recordSecurityEvent(scope, { kind: 'team.changed', about: { type: 'team', id: teamId }, details })
    return readTeam(db, teamId)
  })
}

function nextState(before: Team, input: UpdateTeam): TeamState {
  const memberIds = input.memberIds === undefined ? before.memberIds : [...new Set(input.memberIds)]
  const isLeadLeaving = before.leadId !== null && !memberIds.includes(before.leadId)
  return { name: input.name ?? before.name, memberIds, leadId: input.leadId === undefined ? (isLeadLeaving ? null : before.leadId) : input.leadId }
}

async function storeTeam(db: Db, teamId: string, { name, leadId }: TeamState): Promise<void> {
  const stored = await db
    .updateTable('team')
    .set({ name, leadId, version: sql<number>`version + 1`, updatedAt: sql<Date>`now()` })
    .where('id', '=', teamId)
    .returning('id')
    .executeTakeFirst()
    .catch((error: unknown) => {
      throw isUniqueViolation(error, 'team_organization_id_name_key') ? teamNameTaken(name) : error
    })
  if (!stored) throw notFound('team')
}

async function storeMembers(db: Db, teamId: string, added: readonly string[], removed: readonly string[]): Promise<void> {
  if (removed.length > 0) await db.deleteFrom('teamMember').where('teamId', '=', teamId).where('userId', 'in', removed).execute()
  const rows = added.map((userId) => ({ teamId, userId }))
  if (rows.length > 0) await db.insertInto('teamMember').values(rows).execute()
}
