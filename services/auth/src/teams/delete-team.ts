import { teamDeleted } from '@ai-crm/contracts'
import { notFound } from '@ai-crm/platform'
import type { Ctx } from '../ctx.ts'
import { lockActor } from '../members/lock-members.ts'
import { recordSecurityEvent } from '../security-log/record-security-event.ts'

/** Its members and their records stay. Throws `notFound`, on a repeat too. */
export async function deleteTeam(ctx: Ctx, teamId: string): Promise<void> {
  await ctx.write(async (scope) => {
    const { db, emit } = scope
    await lockActor(ctx, db, 'auth.team.manage')
    const deleted = await db.deleteFrom('team').where('id', '=', teamId).returning('name').executeTakeFirst()
    if (!deleted) throw notFound('team')
    await emit(teamDeleted({ teamId, name: deleted.name }))
    recordSecurityEvent(scope, { kind: 'team.deleted', about: { type: 'team', id: teamId }, details: { name: deleted.name } })
  })
}
