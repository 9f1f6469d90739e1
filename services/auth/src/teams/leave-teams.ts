import { teamMembersChanged, teamUpdated } from '@ai-crm/contracts'
import type { WriteScope } from '@ai-crm/platform'
import { sql } from 'kysely'
import type { Tables } from '../tables.ts'

/** Takes whoever leaves the organisation out of their teams, each with its events. Under the lock of the members. */
export async function leaveTeams({ db, emit }: WriteScope<Tables>, userId: string): Promise<void> {
  const left = await db.deleteFrom('teamMember').where('userId', '=', userId).returning('teamId').execute()
  for (const { teamId } of left.toSorted((one, other) => one.teamId.localeCompare(other.teamId))) {
    const { leadId } = await db.selectFrom('team').select('leadId').where('id', '=', teamId).executeTakeFirstOrThrow()
    const isLead = leadId === userId
    await db
      .updateTable('team')
      .set({ version: sql<number>`version + 1`, updatedAt: sql<Date>`now()`, ...(isLead ? { leadId: null } : {}) })
      .where('id', '=', teamId)
      .execute()
    await emit(teamMembersChanged({ teamId, added: [], removed: [userId] }))
    if (isLead) await emit(teamUpdated({ teamId, changes: { leadId: { from: userId, to: null } } }))
  }
}
