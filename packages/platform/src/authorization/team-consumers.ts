import { teamCreated, teamDeleted, teamMembersChanged, type Envelope, type EventData, type ServiceName } from '@ai-crm/contracts'
import type { Kysely } from 'kysely'
import type { Defaulted } from '../db/column-types.ts'
import type { Projection } from '../projections/projection.ts'
import { serviceKit, type Consumer } from '../service.ts'

/** Who is in which team, as each service that has records keeps it: (organization_id, team_id, user_id). */
interface TeamTables {
  teamMember: { organizationId: Defaulted<string>; teamId: string; userId: string }
}
interface InTables {
  readonly db: Kysely<TeamTables>
}

/** Keep a service's `team_member`, which the scope `team` is asked of (inReach). */
export function teamConsumers(service: ServiceName): readonly Consumer[] {
  const kit = serviceKit<TeamTables>()(service, {})
  return [
    kit.consume({ name: `${service}.keep-new-team`, event: teamCreated, handle: keepTeam }),
    kit.consume({ name: `${service}.keep-members-of-team`, event: teamMembersChanged, handle: keepMembers }),
    kit.consume({ name: `${service}.forget-team`, event: teamDeleted, handle: forgetTeam }),
  ]
}

/** The same from the log of auth, for a service that came to be after teams did. */
export function teamProjection(service: ServiceName): Projection {
  const kit = serviceKit<TeamTables>()(service, {})
  return {
    name: 'teams',
    tables: ['team_member'],
    folds: [kit.fold(teamCreated, keepTeam), kit.fold(teamMembersChanged, keepMembers), kit.fold(teamDeleted, forgetTeam)],
  }
}

const keepTeam = ({ db }: InTables, { data }: Envelope<EventData<typeof teamCreated>>) => join(db, data.teamId, data.memberIds)

async function keepMembers({ db }: InTables, { data: { teamId, added, removed } }: Envelope<EventData<typeof teamMembersChanged>>): Promise<void> {
  if (removed.length > 0) await db.deleteFrom('teamMember').where('teamId', '=', teamId).where('userId', 'in', removed).execute()
  await join(db, teamId, added)
}

async function forgetTeam({ db }: InTables, { data }: Envelope<EventData<typeof teamDeleted>>): Promise<void> {
  await db.deleteFrom('teamMember').where('teamId', '=', data.teamId).execute()
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
