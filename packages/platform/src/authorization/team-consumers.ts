import { teamCreated, teamDeleted, teamMembersChanged, type ServiceName } from '@ai-crm/contracts'
import type { Kysely } from 'kysely'
import type { Defaulted } from '../db/column-types.ts'
import { serviceKit, type Consumer } from '../service.ts'

/** Who is in which team, as each service that has records keeps it: (organization_id, team_id, user_id). */
interface TeamTables {
  teamMember: { organizationId: Defaulted<string>; teamId: string; userId: string }
}

/** Keep a service's `team_member`, which the scope `team` is asked of (inReach). */
export function teamConsumers(service: ServiceName): readonly Consumer[] {
  const kit = serviceKit<TeamTables>()(service, {})
  return [
    kit.consume({ name: `${service}.keep-new-team`, event: teamCreated, handle: ({ db }, { data }) => join(db, data.teamId, data.memberIds) }),
    kit.consume({
      name: `${service}.keep-members-of-team`,
      event: teamMembersChanged,
      async handle({ db }, { data: { teamId, added, removed } }) {
        if (removed.length > 0) await db.deleteFrom('teamMember').where('teamId', '=', teamId).where('userId', 'in', removed).execute()
        await join(db, teamId, added)
      },
    }),
    kit.consume({
      name: `${service}.forget-team`,
      event: teamDeleted,
      async handle({ db }, { data }) {
        await db.deleteFrom('teamMember').where('teamId', '=', data.teamId).execute()
      },
    }),
  ]
}

async function join(db: Kysely<TeamTables>, teamId: string, userIds: readonly string[]): Promise<void> {
  const rows = userIds.map((userId) => ({ teamId, userId }))
  if (rows.length === 0) return
  await db
    .insertInto('teamMember')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
