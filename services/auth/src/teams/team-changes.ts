import type { EventData, Team, teamUpdated } from '@ai-crm/contracts'

export type TeamState = Pick<Team, 'name' | 'leadId' | 'memberIds'>

export interface TeamChanges {
  readonly changes: EventData<typeof teamUpdated>['changes']
  readonly added: string[]
  readonly removed: string[]
}

/** Only what differs, in the shapes of team.updated and team.members_changed. */
export function changesOf(from: TeamState, to: TeamState): TeamChanges {
  const [before, after] = [new Set(from.memberIds), new Set(to.memberIds)]
  return {
    changes: {
      ...(from.name === to.name ? {} : { name: { from: from.name, to: to.name } }),
      ...(from.leadId === to.leadId ? {} : { leadId: { from: from.leadId, to: to.leadId } }),
    },
    added: to.memberIds.filter((userId) => !before.has(userId)),
    removed: from.memberIds.filter((userId) => !after.has(userId)),
  }
}
