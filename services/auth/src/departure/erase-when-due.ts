import { sql } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import type { Ctx } from '../ctx.ts'
import { endExport } from '../exports/end-export.ts'
import { endSessionsOfUser } from '../sessions/end-session.ts'
import { refuseAccessTokens } from '../sessions/refuse-access-tokens.ts'
import { eraseOrganization } from './erase-organization.ts'

/**
 * The grace period is over: from this commit on nobody gets in, no key works, and erasing cannot be stopped. Whoever kept
 * the organisation meanwhile has won.
 */
export async function eraseWhenDue(ctx: Ctx): Promise<void> {
  const dead = await ctx.write(async (scope) => {
    const { db } = scope
    const organization = await db.selectFrom('organization').select(['erasesAt', 'erasingSince']).forUpdate().executeTakeFirst()
    if (!organization?.erasesAt || organization.erasesAt > new Date() || organization.erasingSince) return []
    await db
      .updateTable('organization')
      .set({ erasingSince: sql<Date>`now()` })
      .execute()
    // Disabled: no new session begins, and the list of one's organisations has it no more.
    const members = await db
      .updateTable('membership')
      .set({ disabledAt: sql<Date>`coalesce(disabled_at, now())` })
      .returning('userId')
      .execute()
    const sessions: string[] = []
    for (const { userId } of members) sessions.push(...(await endSessionsOfUser(scope, userId, 'organization-deleted')))
    const keys = await db
      .updateTable('apiKey')
      .set({ revokedAt: sql<Date>`coalesce(revoked_at, now())` })
      .returning('id')
      .execute()
    const running = await db.selectFrom('organizationExport').select('id').where('state', '=', 'running').execute()
    for (const { id } of running) await endExport(scope, id, { from: 'running', to: 'cancelled' })
    await eraseOrganization.start(ctx, scope, uuidv7(), {})
    return [...sessions, ...keys.map(({ id }) => id)]
  })
  await Promise.all(dead.map((id) => refuseAccessTokens(ctx, id)))
}
