import { sql } from 'kysely'
import type { Ctx } from '../ctx.ts'
import { forgetAccountJob } from '../provisioning/forget-account.ts'

/**
 * What no row of the organisation tells: its mail name is retired, and people who belong nowhere else go with it, also those
 * whom an undone founding has promised to forget: that job is erased like all others. One transaction each; begun again it
 * goes on where it was.
 */
export async function beforeErasing(ctx: Ctx): Promise<void> {
  await ctx.write(async ({ db }) => {
    const mine = sql`taken_by = platform.current_organization()`
    await sql`insert into retired_slug (digest) select sha256(convert_to(slug, 'UTF8')) from organization_slug where ${mine} on conflict do nothing`.execute(db)
    await sql`delete from organization_slug where ${mine}`.execute(db)
    await sql`delete from factor_reset where tenant_id = platform.current_organization()`.execute(db)
  })
  const members = await ctx.db.selectFrom('membership').select('userId').execute()
  const promised = await sql<{ userId: string }>`select payload->>'userId' as user_id from job where name = ${forgetAccountJob.name}`.execute(ctx.db)
  for (const { userId } of [...members, ...promised.rows]) {
    await ctx.write(async ({ db }) => {
      await db.deleteFrom('membership').where('userId', '=', userId).execute()
      // Joining elsewhere at this moment: its foreign key makes one of the two fail, and this is tried again.
      await sql`delete from user_account where id = ${userId} and not auth.belongs_somewhere(${userId})`.execute(db)
    })
  }
}
